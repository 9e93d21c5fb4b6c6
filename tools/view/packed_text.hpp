// Text as it stands in a page: compressed by gzip, in base64. A trace becomes some twenty times smaller.
#pragma once

#include <memory>
#include <string>

#include "tools/trace/byte_sink.hpp"

struct z_stream_s;

namespace tools {

class PackedText : public ByteSink {
 public:
  // REQUIRES: `out` outlives it.
  explicit PackedText(ByteSink& out);
  ~PackedText() override;

  void write(std::string_view bytes) override { deflate(bytes, false); }
  // Ends the text; `out` goes on.
  void commit() override { deflate({}, true); }

 private:
  void deflate(std::string_view bytes, bool last);
  void encode(std::string_view bytes, bool last);

  ByteSink& out_;
  std::unique_ptr<z_stream_s> stream_;
  std::string rest_;  // up to two bytes that make no group of three yet
};

}  // namespace tools
