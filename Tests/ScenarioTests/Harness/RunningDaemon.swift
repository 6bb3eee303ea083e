import Foundation

/// A daemon of the built program, with data and socket of its own; ends with the last reference.
final class RunningDaemon {
  let scratch: Scratch
  let data: String
  let socket: String
  private let settings: [String]
  private let environment: [String: String]
  /// A program that becomes the daemon, when the daemon is not started straight away.
  private let launcher: String?
  private var child: Child?

  /// Starts a daemon and waits until it is ready.
  init(
    data: String? = nil, settings: [String] = [], environment: [String: String] = [:],
    launcher: String? = nil
  ) throws {
    scratch = try Scratch()
    self.data = data ?? scratch.path + "/data"
    socket = scratch.path + "/s"
    self.settings = settings
    self.environment = environment
    self.launcher = launcher
    try start()
  }

  deinit { kill() }

  var pid: Int32 { child?.pid ?? 0 }
  var isRunning: Bool { child?.isRunning ?? false }
  var log: String { scratch.text("log") }

  func start() throws {
    try? FileManager.default.removeItem(atPath: scratch.path + "/log")
    child = try Child(
      launcher ?? Programs.daemon,
      (launcher == nil ? [] : [Programs.daemon])
        + ["--data-directory", data, "--socket-path", socket] + settings,
      environment: Programs.plainEnvironment.merging(environment) { $1 },
      output: scratch.path + "/log", errors: scratch.path + "/log")
    try wait(for: "the daemon to be ready; its log:\n\(self.log)", seconds: 30) {
      guard isRunning else { throw TimedOut(description: "it ended:\n\(self.log)") }
      // Read-only is 503, and as ready as it will be.
      return [200, 503].contains(try? Wire(socket, patience: 2).get("/readyz").status)
    }
  }

  /// Ends it without a word, as a power cut would end the process.
  func kill() {
    guard isRunning else { return }
    Foundation.kill(pid, SIGKILL)
    child?.wait()
  }

  /// Asks it to stop, and returns its exit code.
  @discardableResult
  func stop(_ signal: Int32 = SIGTERM) -> Int32 {
    if isRunning { Foundation.kill(pid, signal) }
    return child?.wait() ?? 0
  }

  /// Runs the command line against this daemon.
  @discardableResult
  func tagledger(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try run(
      Programs.commandLine, arguments,
      environment: ["TAGLEDGER_SOCKET": socket].merging(environment) { $1 })
  }

  /// The memory it holds, in bytes (`VmRSS`).
  var memory: Int {
    let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
  }
}
