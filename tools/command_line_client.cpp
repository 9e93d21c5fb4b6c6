#include "tools/command_line_client.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/city/names.hpp"
#include "tools/flag_values.hpp"
#include "tools/member/addresses.hpp"

namespace tools {
namespace {

// "48.78,9.18", in degrees.
core::Place place_of(const std::string& text) {
  double degrees[2]{};
  const char* at = text.data();
  const char* const end = at + text.size();
  bool right = true;
  for (double& value : degrees) {
    const auto [stop, error] = std::from_chars(at, end, value);
    right = right && error == std::errc{} && (&value == degrees ? stop != end && *stop == ',' : stop == end);
    at = stop == end ? stop : stop + 1;
  }
  right = right && std::abs(degrees[0]) <= 90 && std::abs(degrees[1]) <= 180;
  if (!right) wrong_usage("--at: '" + text + "' is no place; give LATITUDE,LONGITUDE in degrees, as 48.78,9.18");
  return {std::llround(degrees[0] * 1e6), std::llround(degrees[1] * 1e6)};
}

// The original clients' options are numbers of seconds; here a unit may follow.
core::Duration seconds_of(const char* flag, const std::string& text) {
  const bool bare = text.find_first_not_of("0123456789.") == std::string::npos;
  return span_of_time(flag, bare ? text + "s" : text);
}

// "1/north", or "1/0" where there are not four approaches.
LampOptions lamp_of(const std::string& text) {
  LampOptions lamp{.text = text, .name = {}, .plan = {}};
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string approach = text.substr(std::min(slash + 1, text.size()));
  lamp.name.intersection = static_cast<std::uint32_t>(whole_number("--lamp", text.substr(0, slash), 1, 10'000)) - 1;
  for (std::uint32_t i = 0; i < lamp.plan.approaches; ++i, ++lamp.name.approach)
    if (core::name_of_approach(lamp.plan, i) == approach) return lamp;
  lamp.plan.approaches = 16;
  lamp.name.approach = static_cast<std::uint32_t>(whole_number("--lamp", approach, 0, lamp.plan.approaches - 1));
  return lamp;
}

void fill(core::Duration& value, const char* flag, const std::string& text) {
  if (!text.empty()) value = seconds_of(flag, text);
}

}  // namespace

void add_client_command(CLI::App& app, ClientTyped& typed) {
  CLI::App* command = app.add_subcommand("client", "Be a car, an ambulance, a hospital or a lamp of a live group");
  const auto text = [&](const char* flag, std::string& value, const char* type, const char* meaning) {
    command->add_option(flag, value, meaning)->type_name(type);
  };
  ClientOptions& options = typed.options;
  text("--type", options.type, "car|ambulance|hospital|light", "What it is");
  text("--client-id,--client_id", options.id, "ID", "Its name; by its type and process if left out");
  text("--fleet", typed.fleet, "N", "So many of them in one process, ID1 to IDN");
  command->add_option("--server", options.servers, "A server to ask, instead of listening to beacons")
      ->type_name("HOST:PORT")
      ->delimiter(',');
  text("--host", options.host, "IP", "Listen to beacons at this address (127.0.0.1)");
  text("--beacon-port,--beacon_port", typed.beacon_port, "PORT", "9999 if left out");
  text("--discover-timeout,--discover_timeout", typed.discover_timeout, "15s", "How long to look for a server");
  text("--heartbeat-interval,--heartbeat_interval", typed.heartbeat_interval, "15s",
       "How often it says that it is there");
  text("--for", typed.lasts, "60s", "End after so long");
  text("--at", typed.at, "LAT,LON", "Where it is, in degrees (48.78,9.18)");
  text("--crash-every", typed.crash_every, "10s", "A car: report a crash so often, a fleet taking turns");
  text("--crashes", typed.crashes, "N", "Cars: so many in all, then end when acknowledged");
  text("--beds", typed.beds, "N", "A hospital: free beds (4)");
  text("--stay", typed.stay, "30s", "A hospital: how long a patient needs a bed");
  text("--leg", typed.leg, "2s", "An ambulance: from one step to the next");
  text("--handover", typed.handover, "5s", "An ambulance: from the hospital to available");
  text("--lamp", typed.lamp, "1/north", "A light: which; of four approaches a name, else a number from 0");
  command->add_flag("--by-hand", options.by_hand, "An ambulance: take the steps by keys");
  text("--seed", typed.seed, "N", "Of the places where crashes happen (1)");
  command->add_flag("--json", options.json, "Print what happens as one JSON object a line");
  command->footer(
      "Examples:\n"
      "  bellwether client --type ambulance --client-id a1\n"
      "  bellwether client --type hospital --client-id mercy --beds 8 --at 48.79,9.19\n"
      "  bellwether client --type car                                    c and Enter: a crash\n"
      "  bellwether client --type car --fleet 200 --crash-every 200s --for 5m --json\n"
      "  bellwether client --type light --lamp 1/north --server 127.0.0.1:7001\n"
      "  (echo c; sleep 20) | bellwether client --type car --server 127.0.0.1:8888\n"
      "Keys, each with Enter: a car c; an ambulance o r t h a (on duty, arrived, transporting, at the hospital,\n"
      "available); a hospital + - or a number of free beds. It stays with its group when its server dies.\n"
      "Exit codes: 0 it was stopped or is done, 1 no server was found or a report was not acknowledged, 2 bad usage,\n"
      "130 interrupted by Ctrl-C.");
}

ClientOptions finish_client(const ClientTyped& typed) {
  ClientOptions options = typed.options;
  constexpr std::array types{"car", "ambulance", "hospital", "light"};
  if (std::find(types.begin(), types.end(), options.type) == types.end())
    wrong_usage("client: --type " + (options.type.empty() ? "is missing" : "'" + options.type + "' is unknown") +
                "; it is car, ambulance, hospital or light");
  if ((options.type == "light") != !typed.lamp.empty())
    wrong_usage("client: --lamp says which lamp a light is, as --lamp 1/north; other clients have none");
  if (!typed.lamp.empty()) options.lamp = lamp_of(typed.lamp);
  if (!typed.fleet.empty()) options.fleet = static_cast<std::uint32_t>(whole_number("--fleet", typed.fleet, 1, 10'000));
  if (options.id.size() > 64) wrong_usage("--client-id: longer than 64 characters");
  for (const std::string& server : options.servers) endpoint_of("--server", server);
  if (!address_of("--host", options.host).is_v4()) wrong_usage("--host: beacons are heard at IPv4 addresses only");
  if (!typed.beacon_port.empty())
    options.beacon_port = static_cast<std::uint16_t>(whole_number("--beacon-port", typed.beacon_port, 1, UINT16_MAX));
  fill(options.discover_timeout, "--discover-timeout", typed.discover_timeout);
  fill(options.heartbeat_interval, "--heartbeat-interval", typed.heartbeat_interval);
  fill(options.crash_every, "--crash-every", typed.crash_every);
  fill(options.stay, "--stay", typed.stay);
  if (!typed.leg.empty()) options.leg = seconds_of("--leg", typed.leg);
  if (!typed.handover.empty()) options.handover = seconds_of("--handover", typed.handover);
  if (!typed.lasts.empty()) options.lasts = seconds_of("--for", typed.lasts);
  if (!typed.at.empty()) options.at = place_of(typed.at);
  if (!typed.crashes.empty()) options.crashes = whole_number("--crashes", typed.crashes, 1, 1'000'000'000);
  if (!typed.beds.empty()) options.beds = static_cast<std::int64_t>(whole_number("--beds", typed.beds, 0, 1'000'000));
  if (!typed.seed.empty()) options.seed = whole_number("--seed", typed.seed, 0, UINT64_MAX);
  return options;
}

}  // namespace tools
