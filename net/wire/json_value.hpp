// JSON of the values that messages are made of, and back.
#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "core/base/hash.hpp"
#include "core/group/names.hpp"
#include "core/message/message.hpp"

namespace net {

using Json = nlohmann::ordered_json;

// A value that cannot be what its place asks for; says where and what.
struct BadValue : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Values to JSON. `raw`: bytes become arrays of numbers.
class JsonWriter {
 public:
  JsonWriter(const core::Config& config, bool raw) : config_{config}, raw_{raw} {}

  template <class T>
    requires std::integral<T> || std::is_enum_v<T>
  [[nodiscard]] Json of(T value) const {
    if constexpr (std::is_same_v<T, bool>) return value;
    return static_cast<std::uint64_t>(value);
  }
  [[nodiscard]] Json of(core::Member member) const;
  [[nodiscard]] Json of(core::Instant time) const { return time.ns; }
  [[nodiscard]] Json of(core::Point point) const { return Json::array({point.epoch, point.seq}); }
  [[nodiscard]] Json of(core::EventId id) const;
  [[nodiscard]] Json of(const std::string& bytes) const;
  [[nodiscard]] Json of(const core::MemberSet& set) const;
  [[nodiscard]] Json of(const core::Memories& memories) const;
  [[nodiscard]] Json of(const core::Settings& settings) const;
  [[nodiscard]] Json of(const core::EventRef& event) const { return of(*event); }
  template <class T>
  [[nodiscard]] Json of(const std::vector<T>& values) const {
    Json list = Json::array();
    for (const T& value : values) list.push_back(of(value));
    return list;
  }
  template <core::Listed T>
  [[nodiscard]] Json of(const T& value) const {
    Json object = Json::object();
    add(object, value);
    return object;
  }
  // The fields of `value`, by name.
  template <core::Listed T>
  void add(Json& object, const T& value) const {
    T::fields(value, [&](const char* name, const auto& field) { object[name] = of(field); });
  }

 private:
  const core::Config& config_;
  bool raw_;
};

// JSON to values; what does not fit is thrown as BadValue.
class JsonReader {
 public:
  explicit JsonReader(const core::Config& config) : config_{config} {}

  template <class T>
    requires std::integral<T> || std::is_enum_v<T>
  void get(const Json& json, T& value) const {
    if constexpr (std::is_same_v<T, bool>) {
      if (!json.is_boolean()) throw BadValue("is neither true nor false");
      value = json.get<bool>();
    } else {
      value = static_cast<T>(number(json, most<T>()));
    }
  }
  void get(const Json& json, core::Member& member) const;
  void get(const Json& json, core::Instant& time) const;
  void get(const Json& json, core::Point& point) const;
  void get(const Json& json, core::EventId& id) const;
  void get(const Json& json, std::string& bytes) const;
  void get(const Json& json, core::MemberSet& set) const;
  void get(const Json& json, core::Memories& memories) const;
  void get(const Json& json, core::Settings& settings) const;
  void get(const Json& json, core::EventRef& event) const;
  template <class T>
  void get(const Json& json, std::vector<T>& values) const {
    if (!json.is_array()) throw BadValue("is no list");
    for (const Json& one : json) get(one, values.emplace_back());
  }
  template <core::Listed T>
  void get(const Json& json, T& value) const {
    if (!json.is_object()) throw BadValue("is no object");
    T::fields(value, [&](const char* name, auto& field) { get(json, name, field); });
  }
  // The field of that name.
  template <class T>
  void get(const Json& object, const char* name, T& value) const {
    const auto found = object.find(name);
    if (found == object.end()) throw BadValue(std::string("has no `") + name + "`");
    try {
      get(*found, value);
    } catch (const BadValue& bad) {
      throw BadValue(std::string("`") + name + "` " + bad.what());
    }
  }

 private:
  template <class T>
  static constexpr std::uint64_t most() {
    if constexpr (std::is_enum_v<T>)
      return most<std::underlying_type_t<T>>();
    else
      return std::numeric_limits<T>::max();
  }
  [[nodiscard]] static std::uint64_t number(const Json& json, std::uint64_t most);

  const core::Config& config_;
};

}  // namespace net
