#include "tools/member/life.hpp"

#include <random>

#include "net/wire/json_value.hpp"
#include "tools/exit_code.hpp"

namespace tools {
namespace {

std::uint64_t random_word() {
  std::random_device chance;
  return std::uint64_t{chance()} << 32 | chance();
}

net::Addresses tcp_of(const net::Roster& roster) {
  net::Addresses addresses(roster.charter().places);
  for (std::size_t i = 0; i < roster.residents().size(); ++i)
    if (!roster.residents()[i].at.host.empty()) addresses[i] = roster.residents()[i].at.tcp();
  return addresses;
}

std::vector<boost::asio::ip::udp::endpoint> udp_of(const net::Roster& roster) {
  std::vector<boost::asio::ip::udp::endpoint> addresses(roster.charter().places);
  for (std::size_t i = 0; i < roster.residents().size(); ++i)
    if (!roster.residents()[i].at.host.empty()) addresses[i] = roster.residents()[i].at.udp();
  return addresses;
}

std::unique_ptr<net::Recording> begin_recording(const std::string& folder, const Life& life) {
  if (folder.empty()) return nullptr;
  const net::Birth birth{.group = life.setting.group,
                         .config = life.config,
                         .self = life.self,
                         .incarnation = life.memory.incarnation,
                         .first_number = life.setting.first_number,
                         .form = life.setting.form,
                         .rng = life.setting.rng,
                         .durable = life.memory.durable};
  try {
    return std::make_unique<net::Recording>(folder, birth, life.clock);
  } catch (const std::runtime_error& error) {
    throw BadInput(std::string(error.what()) + "; choose another folder for --record, or leave it out");
  }
}

}  // namespace

// Numbers of messages differ in all that a member has ever sent.
Life::Life(boost::asio::io_context& io, core::Config settings, core::Member member, const NodeOptions& options,
           Folder& folder, core::RecordSink& facts, net::LampOutlet& lamps, Folder::Say complain)
    : config{std::move(settings)},
      self{member},
      memory{folder.remember(config, self)},
      dialect{config, folder.file.group},
      sockets{io, dialect, self, tcp_of(*folder.file.roster), options.wire, std::move(complain)},
      setting{config, self, folder.file.group, options.wire, core::Rng(random_word()), memory.incarnation << 40},
      recording{begin_recording(options.record, *this)},
      engine{io, setting, memory.durable, {sockets, facts, clock, memory.store.get(), recording.get(), &lamps}} {}

void Life::begin(boost::asio::ip::tcp::acceptor acceptor, net::Visitors& visitors, const net::Roster& roster) {
  sockets.open(engine, std::move(acceptor), &visitors, udp_of(roster));
  engine.take(net::Start{});
}

void Life::follow(const net::Roster& roster) {
  for (std::size_t i = 0; i < roster.residents().size(); ++i) {
    const net::Address& at = roster.residents()[i].at;
    if (!at.host.empty()) sockets.move(static_cast<core::Member>(i), at.tcp(), at.udp());
  }
}

}  // namespace tools
