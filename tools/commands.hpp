// The commands, one source each: cmd_<name>.cpp. Results go to stdout, all else to stderr; they throw BadInput.
#pragma once

#include "tools/command_line.hpp"
#include "tools/exit_code.hpp"

namespace tools {

ExitCode run_command(const RunOptions& options);
ExitCode run_command(const FuzzOptions& options);
ExitCode run_command(const ShrinkOptions& options);
ExitCode run_command(const CheckOptions& options);
ExitCode run_command(const ExplainOptions& options);
ExitCode run_command(const ReplayOptions& options);
ExitCode run_command(const ValidateOptions& options);
ExitCode run_command(const SchemaOptions& options);
ExitCode run_command(const BenchOptions& options);
ExitCode run_command(const DiffOptions& options);
ExitCode run_command(const NodeOptions& options);
ExitCode run_command(const StatusOptions& options);
ExitCode run_command(const SubmitOptions& options);
ExitCode run_command(const ClientOptions& options);
ExitCode run_command(const ExportOptions& options);
ExitCode run_command(const LogsOptions& options);
ExitCode run_command(const ViewOptions& options);
ExitCode run_command(const Information& information);

}  // namespace tools
