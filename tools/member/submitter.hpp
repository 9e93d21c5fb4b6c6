// Submits lines as events at one node after another, many at a time, and says what became of each. A line is given to
// the group once: if the node dies before it has answered, nobody knows here, and it is not repeated. A node that
// answers nothing for too long counts as dead.
#pragma once

#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/time.hpp"
#include "net/discovery/resident.hpp"
#include "tools/command_line_member.hpp"
#include "tools/exit_code.hpp"
#include "tools/member/line_socket.hpp"
#include "tools/member/line_source.hpp"

namespace tools {

class Submitter {
 public:
  using Endpoint = boost::asio::ip::tcp::endpoint;

  Submitter(const SubmitOptions& options, std::vector<Endpoint> nodes, int input);

  // To the end of the input and the last answer.
  ExitCode run();

 private:
  struct Line {
    std::uint64_t number = 0;  // from 1
    std::string text;
  };

  [[nodiscard]] bool done() const { return lines_.ended() && fresh_.empty() && under_way_.empty(); }
  bool connect();
  void say_why(core::Instant now);
  void disconnect(const std::string& why);
  void wait_for_something();
  void take_what_came(short answers, short lines);  // each what poll() said
  void take_for_dead();
  void send_lines();
  void submit(const Line& line);
  void hear(const std::string& answer);
  void learn_nodes(const net::Json& status);
  void decided(const net::Json& said, const Line& line);
  void not_taken(Line line, const std::string& why);
  void give_up(const std::string& why);
  void uncertain();
  void print(const Line& line, const net::Json& fields, const std::string& words, bool good);

  const SubmitOptions& options_;
  std::vector<Endpoint> nodes_;
  std::set<Endpoint> known_;
  std::size_t next_node_ = 0;
  Endpoint node_;  // now
  LineSource lines_;
  LineSocket socket_;
  std::deque<Line> fresh_;                   // not submitted
  std::map<std::uint64_t, Line> under_way_;  // by number
  std::uint64_t read_ = 0;
  std::string last_;  // acknowledged
  bool met_ = false;  // it has told of itself: it is a node
  core::Instant dialled_{};
  bool first_here_ = true;      // of this connection
  bool leaving_ = false;        // this node takes no more
  core::Instant heard_{};       // when something last came under way alone, or was answered
  std::size_t silent_ = 0;      // so many nodes, one after another, were taken for dead
  core::Instant taken_{};       // when a node last did what was wanted
  core::Instant not_before_{};  // the next connection
  std::string why_;             // the last node took nothing
  bool said_why_ = false;
  bool failed_ = false;
};

}  // namespace tools
