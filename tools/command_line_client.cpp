#include "tools/command_line_client.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>

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

void fill(core::Duration& value, const char* flag, const std::string& text) {
  if (!text.empty()) value = seconds_of(flag, text);
}

}  // namespace

void add_client_command(CLI::App& app, ClientTyped& typed) {
  CLI::App* command = app.add_subcommand("client", "Be a car, an ambulance or a hospital of emergency dispatch");
  const auto text = [&](const char* flag, std::string& value, const char* type, const char* meaning) {
    command->add_option(flag, value, meaning)->type_name(type);
  };
  ClientOptions& options = typed.options;
  text("--type", options.type, "car|ambulance|hospital", "What it is");
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
  text("--crash-every", typed.crash_every, "10s", "A car: report a crash so often; left out: by key");
  text("--crashes", typed.crashes, "N", "A car: so many, then end when all are acknowledged");
  text("--beds", typed.beds, "N", "A hospital: free beds (4)");
  text("--stay", typed.stay, "30s", "A hospital: how long a patient needs a bed");
  text("--leg", typed.leg, "2s", "An ambulance: from one step to the next");
  text("--handover", typed.handover, "5s", "An ambulance: from the hospital to available");
  command->add_flag("--by-hand", options.by_hand, "An ambulance: take the steps by keys");
  text("--seed", typed.seed, "N", "Of the places where crashes happen (1)");
  command->add_flag("--json", options.json, "Print what happens as one JSON object a line");
  command->footer(
      "Examples:\n"
      "  bellwether client --type ambulance --client-id a1\n"
      "  bellwether client --type hospital --client-id mercy --beds 8 --at 48.79,9.19\n"
      "  bellwether client --type car                                    c and Enter: a crash\n"
      "  bellwether client --type car --fleet 200 --crash-every 200s --for 5m --json\n"
      "  (echo c; sleep 20) | bellwether client --type car --server 127.0.0.1:8888\n"
      "Keys, each with Enter: a car c; an ambulance o r t h a (on duty, arrived, transporting, at the hospital,\n"
      "available); a hospital + - or a number of free beds. It stays with its group when its server dies.\n"
      "Exit codes: 0 it was stopped or is done, 1 no server was found or a report was not acknowledged, 2 bad usage,\n"
      "130 interrupted by Ctrl-C.");
}

ClientOptions finish_client(const ClientTyped& typed) {
  ClientOptions options = typed.options;
  if (options.type != "car" && options.type != "ambulance" && options.type != "hospital")
    wrong_usage("client: --type " + (options.type.empty() ? "is missing" : "'" + options.type + "' is unknown") +
                "; it is car, ambulance or hospital");
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
