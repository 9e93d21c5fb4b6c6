#include "tools/command_line_member.hpp"

#include <CLI/CLI.hpp>

#include "net/discovery/json_fields.hpp"
#include "net/discovery/resident.hpp"
#include "tools/exit_code.hpp"
#include "tools/flag_values.hpp"
#include "tools/member/addresses.hpp"
#include "tools/member/config_file.hpp"

namespace tools {
namespace {

void add_ways(CLI::App* command, MemberTyped::Ways& ways) {
  command->add_option("--discovery", ways.discovery, "How nodes hear of each other; several may be given")
      ->type_name("multicast|beacon|seeds")
      ->delimiter(',');
  command->add_option("--seed", ways.seeds, "A node to ask; may be given more than once")
      ->type_name("HOST:PORT")
      ->delimiter(',');
  command->add_option("--multicast-group", ways.multicast_group, "239.255.255.250 if left out")->type_name("IP");
  command->add_option("--multicast-port", ways.multicast_port, "5007 if left out")->type_name("PORT");
  command->add_option("--beacon-port", ways.beacon_port, "9999 if left out")->type_name("PORT");
  command->add_option("--interval", ways.interval, "How often a node tells of itself; 2s if left out")->type_name("2s");
}

void add_node(CLI::App& app, MemberTyped& typed) {
  auto& node = typed.node;
  CLI::App* command = app.add_subcommand("node", "Be a member of a live group");
  const auto text = [&](const char* flag, std::string& value, const char* type, const char* meaning) {
    command->add_option(flag, value, meaning)->type_name(type);
  };
  text("--config", node.config, "FILE", "Settings and flags from a YAML file; flags beat it");
  text("--data", node.data, "DIR", "The folder in which the node keeps what it must not forget; made if need be");
  text("--host", node.host, "IP", "The address at which others find it (127.0.0.1)");
  text("--tcp-port", node.tcp_port, "PORT", "For members and clients (8888)");
  text("--udp-port", node.udp_port, "PORT", "For heartbeats; as --tcp-port if left out");
  text("--expect", node.expect, "N", "Found a group of so many, once; 0 or left out: join one");
  text("--places", node.places, "N", "How many members the group may ever have (16)");
  text("--group", node.group, "NAME", "The group's name (bellwether); others are not heard");
  text("--id", node.id, "ID", "A whole number or a UUID; the highest leads. Made once and kept if left out");
  text("--name", node.name, "NAME", "By the id if left out");
  text("--rank", node.rank, "N", "Comes before the id when leaders are chosen (0)");
  add_ways(command, typed.node_ways);
  text("--wire", node.wire, "binary|json", "How it speaks to members (binary); it understands both");
  text("--storage", node.storage, "durable|volatile", "Whether it remembers after a restart (durable)");
  text("--record", node.record, "DIR", "Record all that the node is given and does, for `replay`; made if need be");
  text("--dispatch", node.dispatch, "on|off", "Serve cars, ambulances and hospitals (on); the same at all members");
  text("--give-back", node.give_back, "10s", "So long an ambulance or hospital may be away before others do its work");
  text("--registry-port", node.registry_port, "PORT",
       "For clients that ask where the group is; several members of a host share it (with beacons 9998, else 0: none)");
  command->add_flag(
      "--original-lights", node.original_lights,
      "Nodes of the original traffic lights hang on as lamps that only display; needs --id N above theirs "
      "and --udp-port 6000+N");
  text("--http", node.http, "[HOST:]PORT",
       "Show a live page, /status.json, /metrics and /health there; 0: any free port, which it says");
  command->add_flag("--print", node.print, "Print each event as it is delivered, as a line of JSON");
  command->footer(
      "Examples (three shells are a group):\n"
      "  bellwether node --tcp-port 7001 --data /tmp/n1 --expect 3 --discovery beacon\n"
      "  bellwether node --tcp-port 7002 --data /tmp/n2 --expect 3 --discovery beacon\n"
      "  bellwether node --tcp-port 7003 --data /tmp/n3 --expect 3 --discovery beacon\n"
      "  bellwether node --tcp-port 7004 --data /tmp/n4 --discovery beacon                   joins later\n"
      "  bellwether node --id 3 --host 10.0.0.3 --udp-port 6003 --data n3 --expect 2 --discovery multicast\n"
      "  bellwether node --config tools/node.example.yaml --tcp-port 7001 --data /tmp/n1\n"
      "  bellwether node --tcp-port 7001 --data /tmp/n1 --record /tmp/recordings             for `bellwether replay`\n"
      "  bellwether node --tcp-port 7001 --data /tmp/n1 --http 8001              look at it: http://127.0.0.1:8001/\n"
      "A folder belongs to one node, which goes on with it after a restart. Who joins later ranks below all founders.\n"
      "SIGTERM hands over what it leads, then ends it; so does Ctrl-C; a second one ends it at once.\n"
      "Exit codes: 0 stopped by SIGTERM, 1 it could not go on, 2 bad usage or input, 130 interrupted by Ctrl-C.");
}

void add_status(CLI::App& app, MemberTyped& typed) {
  CLI::App* command = app.add_subcommand("status", "Show what a live group looks like");
  command->add_option("HOST:PORT", typed.status.whom.addresses, "Nodes to ask; the rest of the group is found by them");
  command->add_option("--group", typed.status.whom.group, "The group's name (bellwether)")->type_name("NAME");
  command->add_option("--host", typed.status.whom.host, "Listen at this address (127.0.0.1)")->type_name("IP");
  add_ways(command, typed.status_ways);
  command->add_flag("--json", typed.status.json, "Print what every node said as one JSON document");
  command->footer(
      "Examples:\n"
      "  bellwether status 127.0.0.1:7001\n"
      "  bellwether status --discovery beacon\n"
      "  bellwether status 127.0.0.1:7001 --json | jq '.nodes[].leader'\n"
      "Exit codes: 0 somebody answered, 1 nobody did, 2 bad usage.");
}

void add_submit(CLI::App& app, MemberTyped& typed) {
  SubmitOptions& submit = typed.submit;
  CLI::App* command = app.add_subcommand("submit", "Submit each line of stdin as an event");
  command->add_option("--to", submit.whom.addresses, "Nodes to submit at; the next one when one dies")
      ->type_name("HOST:PORT")
      ->delimiter(',');
  command->add_option("--group", submit.whom.group, "The group's name (bellwether)")->type_name("NAME");
  command->add_option("--host", submit.whom.host, "Listen at this address (127.0.0.1)")->type_name("IP");
  add_ways(command, typed.submit_ways);
  command->add_option("--type", submit.type, "Of the events (message)")->type_name("TYPE");
  command->add_flag("--chain", submit.chain, "Each event depends on the one before it");
  command->add_option("--timeout", typed.submit_timeout, "A node that answers nothing for so long counts as dead (30s)")
      ->type_name("30s");
  command->add_flag("--json", submit.json, "Print one JSON object a line");
  command->footer(
      "Examples:\n"
      "  seq 1000 | bellwether submit --to 127.0.0.1:7001,127.0.0.1:7002\n"
      "  echo hello | bellwether submit --discovery beacon --json\n"
      "Prints each event's id and its number in the order when the group has it for good; the number is - if the node\n"
      "was away and only knows that it has one. When a node dies, or answers nothing for --timeout while lines wait\n"
      "for it, these are uncertain: they may be ordered or not, and are not repeated. The rest goes to the next node.\n"
      "Exit codes: 0 all were acknowledged, 1 one was rejected or is uncertain, 2 bad usage, 130 interrupted.");
}

std::uint16_t port(const char* flag, const std::string& text, std::uint16_t otherwise) {
  return text.empty() ? otherwise : static_cast<std::uint16_t>(whole_number(flag, text, 1, UINT16_MAX));
}

WaysOptions finish_ways(const MemberTyped::Ways& typed) {
  WaysOptions ways;
  bool seeds = false;
  for (const std::string& way : typed.discovery) {
    if (way != "multicast" && way != "beacon" && way != "seeds")
      wrong_usage("--discovery: '" + way + "' is none of multicast, beacon, seeds");
    ways.multicast |= way == "multicast";
    ways.beacon |= way == "beacon";
    seeds |= way == "seeds";
  }
  ways.seeds = typed.seeds;
  for (const std::string& seed : ways.seeds) endpoint_of("--seed", seed);
  if (seeds && ways.seeds.empty()) wrong_usage("--discovery seeds: say which, with --seed HOST:PORT");
  ways.multicast_port = port("--multicast-port", typed.multicast_port, ways.multicast_port);
  ways.beacon_port = port("--beacon-port", typed.beacon_port, ways.beacon_port);
  if (!typed.interval.empty()) ways.interval = span_of_time("--interval", typed.interval);
  if (ways.interval < core::Duration::ms(10) || ways.interval > core::Duration::s(3600))
    wrong_usage("--interval: " + typed.interval + " is not from 10ms to 1h");
  if (!typed.multicast_group.empty()) ways.multicast_group = typed.multicast_group;
  const auto group = address_of("--multicast-group", ways.multicast_group);
  if (!group.is_v4() || !group.is_multicast())
    wrong_usage("--multicast-group: " + ways.multicast_group + " is none; they go from 224.0.0.0 to 239.255.255.255");
  return ways;
}

// What the flags leave open is as the file has it.
void fill(std::string& flag, const std::string& file) {
  if (flag.empty()) flag = file;
}

void fill(std::vector<std::string>& flag, const std::vector<std::string>& file) {
  if (flag.empty()) flag = file;
}

void fill(MemberTyped& flags, const MemberTyped& file) {
  auto& node = flags.node;
  const auto& from = file.node;
  fill(node.host, from.host), fill(node.tcp_port, from.tcp_port), fill(node.udp_port, from.udp_port);
  fill(node.data, from.data), fill(node.group, from.group), fill(node.expect, from.expect);
  fill(node.places, from.places), fill(node.id, from.id), fill(node.name, from.name), fill(node.rank, from.rank);
  fill(node.wire, from.wire), fill(node.record, from.record), fill(node.dispatch, from.dispatch);
  fill(node.give_back, from.give_back), fill(node.registry_port, from.registry_port);
  fill(node.http, from.http);
  node.print |= from.print;
  node.original_lights |= from.original_lights;
  auto& ways = flags.node_ways;
  fill(ways.discovery, file.node_ways.discovery), fill(ways.seeds, file.node_ways.seeds);
  fill(ways.multicast_group, file.node_ways.multicast_group);
  fill(ways.multicast_port, file.node_ways.multicast_port);
  fill(ways.beacon_port, file.node_ways.beacon_port), fill(ways.interval, file.node_ways.interval);
}

std::string name(const char* flag, const std::string& text, const std::string& otherwise) {
  if (text.empty()) return otherwise;
  if (const std::string wrong = net::wrong_in_name(text); !wrong.empty())
    wrong_usage(std::string(flag) + ": '" + text + "': a name " + wrong);
  return text;
}

std::int64_t rank(const std::string& text) {
  constexpr std::uint64_t most = 1'000'000'000;
  if (text.empty()) return 0;
  const bool below = text.starts_with('-');
  const auto size =
      static_cast<std::int64_t>(whole_number("--rank", std::string_view(text).substr(below ? 1 : 0), 0, most));
  return below ? -size : size;
}

void finish_identity(const MemberTyped::Node& typed, NodeOptions& options) {
  options.group = name("--group", typed.group, options.group);
  options.name = name("--name", typed.name, "");
  options.rank = rank(typed.rank);
  if (typed.id.empty()) return;
  options.id = net::id_in(typed.id);
  if (!options.id) wrong_usage("--id: '" + typed.id + "' is neither a whole number nor a UUID");
}

void finish_words(const MemberTyped::Node& typed, NodeOptions& options) {
  if (!typed.wire.empty() && typed.wire != "binary" && typed.wire != "json")
    wrong_usage("--wire: '" + typed.wire + "' is neither binary nor json");
  if (typed.wire == "json") options.wire = net::Form::json;
  if (!typed.storage.empty() && typed.storage != "durable" && typed.storage != "volatile")
    wrong_usage("--storage: '" + typed.storage + "' is neither durable nor volatile");
  if (typed.storage == "durable") options.settings.storage = core::Storage::durable;
  if (typed.storage == "volatile") options.settings.storage = core::Storage::memory;
}

void finish_city(const MemberTyped::Node& typed, NodeOptions& options) {
  constexpr std::uint16_t registry = 9998;  // as the originals have it
  core::DispatchPlan& dispatch = options.settings.city.dispatch;
  if (!typed.dispatch.empty() && typed.dispatch != "on" && typed.dispatch != "off")
    wrong_usage("--dispatch: '" + typed.dispatch + "' is neither on nor off");
  dispatch.on = typed.dispatch != "off";
  if (!typed.give_back.empty()) dispatch.give_back = span_of_time("--give-back", typed.give_back);
  if (dispatch.give_back < core::Duration::s(1) || dispatch.give_back > core::Duration::s(3600))
    wrong_usage("--give-back: " + typed.give_back + " is not from 1s to 1h");
  options.registry_port = options.ways.beacon ? registry : 0;
  if (!typed.registry_port.empty())
    options.registry_port =
        static_cast<std::uint16_t>(whole_number("--registry-port", typed.registry_port, 0, UINT16_MAX));
}

// The originals reach a node at the port that they take its id for.
void finish_original_lights(const MemberTyped::Node& typed, NodeOptions& options) {
  constexpr std::uint64_t base = 6'000;
  options.original_lights = typed.original_lights;
  if (!options.original_lights) return;
  if (!options.id || options.id->high != 0 || options.udp_port != base + options.id->low)
    wrong_usage("--original-lights: give --id N, a small whole number above the originals' ids, and --udp-port 6000+N");
}

// Only this machine looks on, unless it is said otherwise: HOST:PORT.
std::optional<HttpOptions> finish_http(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const std::size_t colon = text.rfind(':');
  HttpOptions http;
  if (colon != std::string::npos) http.host = address_of("--http", text.substr(0, colon)).to_string();
  const std::string number = colon == std::string::npos ? text : text.substr(colon + 1);
  http.port = static_cast<std::uint16_t>(whole_number("--http", number, 0, UINT16_MAX));
  return http;
}

WhomOptions finish_whom(WhomOptions whom, const MemberTyped::Ways& ways, const std::string& command) {
  whom.ways = finish_ways(ways);
  whom.host = address_of("--host", whom.host).to_string();
  if (whom.addresses.empty() && whom.ways.seeds.empty() && !whom.ways.multicast && !whom.ways.beacon)
    wrong_usage(command + ": whom to ask? Give HOST:PORT of a node, or --discovery multicast or beacon");
  return whom;
}

NodeOptions finished(const MemberTyped& typed, NodeOptions options) {
  const auto& node = typed.node;
  if (!node.host.empty()) options.host = address_of("--host", node.host).to_string();
  if (options.host == "0.0.0.0" || options.host == "::")
    wrong_usage("--host: " + options.host + " is everywhere; give the address at which others find this node");
  options.udp_port = port("--udp-port", node.udp_port, port("--tcp-port", node.tcp_port, options.tcp_port));
  options.tcp_port = port("--tcp-port", node.tcp_port, options.udp_port);
  if (node.data.empty()) wrong_usage("node: --data is missing: a folder for what the node must not forget");
  options.data = node.data;
  if (!node.expect.empty()) options.expect = whole_number("--expect", node.expect, 0, net::kMostPlaces);
  if (!node.places.empty()) options.places = whole_number("--places", node.places, 1, net::kMostPlaces);
  if (!node.places.empty() && options.places < options.expect)
    wrong_usage("--places: " + node.places + " is fewer than the founders that --expect names");
  finish_identity(node, options);
  finish_words(node, options);
  options.record = node.record;
  options.print = node.print;
  options.ways = finish_ways(typed.node_ways);
  options.http = finish_http(node.http);
  finish_city(node, options);
  finish_original_lights(node, options);
  return options;
}

}  // namespace

void add_member_commands(CLI::App& app, MemberTyped& typed) {
  add_node(app, typed);
  add_status(app, typed);
  add_submit(app, typed);
}

NodeOptions finish_node(const MemberTyped& flags) {
  NodeOptions options;
  if (flags.node.config.empty()) return finished(flags, options);
  MemberTyped typed = flags;
  fill(typed, read_config_file(flags.node.config, options.settings));
  try {
    return finished(typed, options);
  } catch (const BadInput& wrong) {
    wrong_usage("(flags and " + flags.node.config + " taken together) " +
                std::string(wrong.what()).substr(std::string("bellwether: ").size()));
  }
}

StatusOptions finish_status(const MemberTyped& typed) {
  StatusOptions options = typed.status;
  options.whom = finish_whom(options.whom, typed.status_ways, "status");
  return options;
}

SubmitOptions finish_submit(const MemberTyped& typed) {
  SubmitOptions options = typed.submit;
  options.whom = finish_whom(options.whom, typed.submit_ways, "submit");
  if (!typed.submit_timeout.empty()) options.timeout = span_of_time("--timeout", typed.submit_timeout);
  return options;
}

}  // namespace tools
