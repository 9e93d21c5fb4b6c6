#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <iomanip>
#include <iostream>
#include <set>
#include <sstream>

#include "net/discovery/line_call.hpp"
#include "net/discovery/resident.hpp"
#include "tools/commands.hpp"
#include "tools/member/callers.hpp"

namespace tools {
namespace {

using boost::asio::ip::tcp;
using net::Json;

struct Answers {
  std::vector<Json> said;           // STATUS
  std::vector<std::string> silent;  // "127.0.0.1:7001: Connection refused"
  std::set<tcp::endpoint> asked;
};

void ask(boost::asio::io_context& io, const std::set<tcp::endpoint>& whom, Answers& answers) {
  for (const tcp::endpoint& one : whom) {
    if (!answers.asked.insert(one).second) continue;
    net::LineCall::begin(io, one, R"({"type":"STATUS"})", [&answers, one](const net::LineCall::Answer& answer) {
      Json said = Json::parse(answer.line, nullptr, false);
      if (said.is_object() && said.value("type", Json()) == "STATUS")
        answers.said.push_back(std::move(said));
      else
        answers.silent.push_back(text_of(one) + ": " + (answer.error.empty() ? "is no node" : answer.error));
    });
  }
  io.restart();
  io.run();
}

// Where those who answered say that the others are.
std::set<tcp::endpoint> mentioned(const Answers& answers) {
  std::set<tcp::endpoint> all;
  for (const Json& one : answers.said)
    for (const Json& peer : one.value("peers", Json::array())) {
      boost::system::error_code error;
      const auto host = boost::asio::ip::make_address(peer.value("host", ""), error);
      if (!error) all.emplace(host, peer.value("tcp_port", std::uint16_t{0}));
    }
  return all;
}

std::string cell(const Json& value) {
  if (value.is_null()) return "-";
  if (value.is_string()) return value.get<std::string>();
  return value.dump();
}

std::string name_in(const Json& node) {
  const std::string name = cell(node["name"]), member = cell(node.value("member", Json()));
  return member == "-" || member == name ? name : name + " (" + member + ")";
}

// How each of its peers looks to a node: "n1 0.3".
std::string phis(const Json& status) {
  std::ostringstream text;
  for (const Json& peer : status.value("peers", Json::array())) {
    if (peer.value("id", "") == status["node"].value("id", "")) continue;
    text << (text.tellp() > 0 ? "  " : "") << peer.value("name", "") << ' ';
    if (peer.value("suspected", false))
      text << "gone";
    else
      text << std::fixed << std::setprecision(1) << peer.value("phi", 0.0);
  }
  return text.str();
}

std::vector<std::string> row(const Json& status) {
  Json node = status["node"];
  node["member"] = status.value("member", Json());
  const Json log = status.value("log", Json::object()), buffers = status.value("buffers", Json::object());
  const std::string at = cell(node["host"]) + ":" + cell(node["tcp_port"]);
  if (status.value("state", "") != "member")
    return {name_in(node), at,  cell(status.value("state", Json())),      "-", "-", "-", "-",
            "-",           "-", cell(status.value("progress", Json("-")))};
  return {name_in(node),
          at,
          cell(status["role"]),
          cell(status["epoch"]),
          cell(status["leader"]),
          cell(status["commit"]),
          cell(log.value("first", Json())) + ".." + cell(log.value("last", Json())),
          cell(buffers.value("outbox", Json())) + "/" + cell(buffers.value("hold_back", Json())),
          std::to_string(status.value("uptime_ms", std::uint64_t{0}) / 1000) + " s",
          phis(status)};
}

void print_table(const std::vector<Json>& said) {
  std::vector<std::vector<std::string>> rows{
      {"node", "address", "role", "epoch", "leader", "commit", "log", "outbox/held", "up", "phi of the others"}};
  for (const Json& one : said) rows.push_back(row(one));
  std::vector<std::size_t> widths(rows[0].size());
  for (const auto& cells : rows)
    for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], cells[i].size());
  for (const auto& cells : rows) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) line += cells[i] + std::string(widths[i] + 2 - cells[i].size(), ' ');
    std::cout << line.substr(0, line.find_last_not_of(' ') + 1) << '\n';
  }
  for (const Json& one : said)
    if (one.contains("trouble")) std::cout << cell(one["node"]["name"]) << ": " << cell(one["trouble"]) << '\n';
  if (!said.empty() && said[0].contains("voters")) std::cout << "voters: " << said[0]["voters"].dump() << '\n';
}

void show(Answers& answers, bool as_json) {
  std::sort(answers.said.begin(), answers.said.end(),
            [](const Json& a, const Json& b) { return cell(a["node"]["name"]) < cell(b["node"]["name"]); });
  if (as_json)
    std::cout << Json{{"nodes", answers.said}, {"silent", answers.silent}}.dump(2) << '\n';
  else if (!answers.said.empty())
    print_table(answers.said);
}

}  // namespace

ExitCode run_command(const StatusOptions& options) {
  const auto nodes = find_nodes(options.whom);
  Answers answers;
  boost::asio::io_context io;
  ask(io, {nodes.begin(), nodes.end()}, answers);
  ask(io, mentioned(answers), answers);
  try {
    show(answers, options.json);
  } catch (const Json::exception&) {
    throw BadInput("bellwether: what answered there is no node of this version");
  }
  for (const std::string& one : answers.silent) std::cerr << one << '\n';
  if (nodes.empty())
    std::cerr << "no node of group " << options.whom.group
              << " was heard; is one running, with the same --discovery?\n";
  return answers.said.empty() ? ExitCode::failed : ExitCode::held;
}

}  // namespace tools
