#include "net/record/tape_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>

#include "net/record/format.hpp"
#include "net/record/tape.hpp"

namespace net {
namespace {

std::uint64_t size_of(std::istream& file) {
  file.seekg(0, std::ios::end);
  const auto size = static_cast<std::uint64_t>(file.tellg());
  file.seekg(0);
  return size;
}

}  // namespace

TapeReader::TapeReader(const std::string& path) : file_{path, std::ios::binary} {
  if (!file_.seekg(0)) return;
  ok_ = true;
  joint_ = size_of(file_);
  std::ifstream tail(Tail::path_of(path), std::ios::binary);
  damaged_ = tail.is_open() && !read_tail(tail, size_of(tail));
}

bool TapeReader::read_tail(std::istream& tail, std::uint64_t size) {
  std::array<char, Tail::kHead> head{};
  if (size <= head.size() || !tail.read(head.data(), head.size())) return false;
  const std::uint64_t block = get_fixed(head.data() + Tail::kBlockAt, 8),
                      end = get_fixed(head.data() + Tail::kEndAt, 8);
  const bool fits = std::string_view(head.data(), head.size()).starts_with(Tail::kMagic) &&
                    size - head.size() == 2 * block && joint_ >= end / block * block;
  if (!fits) return false;
  joint_ = end / block * block;
  tail_.resize(end - joint_);
  tail.seekg(static_cast<std::streamoff>(Tail::place(joint_, block)));
  return static_cast<bool>(tail.read(tail_.data(), static_cast<std::streamsize>(tail_.size())));
}

std::size_t TapeReader::read(char* bytes, std::size_t size) {
  std::size_t done = 0;
  if (place_ < joint_) {
    file_.read(bytes, static_cast<std::streamsize>(std::min<std::uint64_t>(size, joint_ - place_)));
    done = static_cast<std::size_t>(file_.gcount());
    place_ += done;
  }
  if (place_ >= joint_ && place_ < this->size()) {
    const std::size_t part = std::min<std::size_t>(size - done, this->size() - place_);
    std::memcpy(bytes + done, tail_.data() + (place_ - joint_), part);
    place_ += part;
    done += part;
  }
  return done;
}

void close_tape(const std::string& path) {
  const TapeReader tape(path);
  if (!tape.ok() || tape.damaged() || !std::filesystem::exists(Tail::path_of(path))) return;
  std::error_code error;
  std::filesystem::resize_file(path, tape.size() - tape.tail().size(), error);
  std::ofstream file(path, std::ios::binary | std::ios::app);
  if (!error && file << tape.tail() << std::flush) std::filesystem::remove(Tail::path_of(path), error);
}

}  // namespace net
