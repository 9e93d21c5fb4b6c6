#include "core/base/check.hpp"

namespace core {

// The file without the folders above the project: the same text on every machine.
void check_failed(const char* what, const char* file, int line) {
  std::string place{file};
  for (const char* folder : {"/core/", "/sim/", "/tools/", "/tests/"})
    if (const std::size_t at = place.rfind(folder); at != std::string::npos) place.erase(0, at + 1);
  throw CheckFailed(place + ":" + std::to_string(line) + ": check failed: " + what);
}

}  // namespace core
