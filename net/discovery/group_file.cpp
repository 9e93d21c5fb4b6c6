#include "net/discovery/group_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "net/discovery/json_fields.hpp"

namespace net {
namespace {

constexpr const char* kFormat = "bellwether-group";
constexpr std::uint64_t kVersion = 1;

GroupFile content_of(const Json& json) {
  if (text_at(json, "format") != kFormat) throw BadValue("is not of a bellwether node");
  if (number_at(json, "version") != kVersion)
    throw BadValue("is of version " + std::to_string(number_at(json, "version")) + ", written by a newer bellwether");
  GroupFile file;
  file.group = name_at(json, "group");
  file.self = identity_in(field_at(json, "self"));
  file.boots = number_at(json, "boots");
  file.incarnation = number_at(json, "incarnation");
  file.membership.founded = truth_at(json, "founded");
  file.membership.forgotten = truth_at(json, "forgotten");
  if (const Json& charter = field_at(json, "charter"); !charter.is_null())
    file.membership.charter = charter_in(charter);
  if (const Json& roster = field_at(json, "roster"); !roster.is_null()) file.roster = Roster::from(roster);
  if (file.membership.founded && !file.membership.charter) throw BadValue("is founded without a charter");
  return file;
}

std::string text_of(const GroupFile& file) {
  const Membership& membership = file.membership;
  const Json json{{"format", kFormat},
                  {"version", kVersion},
                  {"group", file.group},
                  {"self", to_json(file.self)},
                  {"boots", file.boots},
                  {"incarnation", file.incarnation},
                  {"founded", membership.founded},
                  {"forgotten", membership.forgotten},
                  {"charter", membership.charter ? to_json(*membership.charter) : Json()},
                  {"roster", file.roster ? file.roster->json() : Json()}};
  return json.dump(2) + "\n";
}

// An open file, or folder.
class Opened {
 public:
  Opened(const std::filesystem::path& path, int flags)
      : path_{path}, number_{open(path.c_str(), flags | O_CLOEXEC, 0644)} {
    if (number_ < 0) fail("opened");
  }
  ~Opened() { close(number_); }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t done = ::write(number_, bytes.data(), bytes.size());
      if (done < 0) fail("written");
      bytes.remove_prefix(static_cast<std::size_t>(done));
    }
  }
  void sync() const {
    if (fsync(number_) != 0) fail("written");
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw GroupFileError(path_.string() + ": cannot be " + what + ": " + std::strerror(errno));
  }
  std::filesystem::path path_;
  int number_;
};

}  // namespace

std::optional<GroupFile> read_group_file(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  try {
    return content_of(Json::parse(text.str(), nullptr, false));
  } catch (const BadValue& bad) {
    throw GroupFileError(file.string() + ": " + bad.what() +
                         "; choose another folder, or move this one aside: then the node " +
                         "begins anew, and with the same --id it is given its place and memory back by the others");
  }
}

void write_group_file(const std::filesystem::path& file, const GroupFile& content) {
  const std::filesystem::path fresh = file.string() + ".new";
  {
    const Opened out(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    out.write(text_of(content));
    out.sync();
  }
  std::error_code error;
  std::filesystem::rename(fresh, file, error);
  if (error) throw GroupFileError(file.string() + ": cannot be replaced: " + error.message());
  Opened(file.parent_path(), O_RDONLY | O_DIRECTORY).sync();
}

}  // namespace net
