import Foundation
import Synchronization

/// The programs as they were built beside these tests, and others of the machine.
enum Programs {
  /// Where the build put the test bundle, and so the programs too.
  static let folder: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: own).deletingLastPathComponent().path
  }()

  static let daemon = folder + "/tagledgerd"
  static let commandLine = folder + "/tagledger"

  /// The root of the project, from where this file lies.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static func find(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map { $0 + "/" + name }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static var isRoot: Bool { getuid() == 0 }

  /// What a process starts with: enough to run, nothing of the caller's own settings.
  static let plainEnvironment = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
  ]
}

/// What a program that has ended left behind.
struct Outcome: CustomStringConvertible {
  var code: Int32
  var output: String
  var errors: String

  var description: String { "exit \(code)\n\(output)\(errors)" }
}

/// Runs a program to its end; its output goes through files, so that no pipe can fill up.
@discardableResult
func run(
  _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
  directory: String? = nil
) throws -> Outcome {
  let scratch = try Scratch()
  let child = try Child(
    program, arguments, environment: Programs.plainEnvironment.merging(environment) { $1 },
    directory: directory, output: scratch.path + "/out", errors: scratch.path + "/err")
  let code = child.wait()
  return Outcome(code: code, output: scratch.text("out"), errors: scratch.text("err"))
}

/// A folder of its own below the temporary one, gone with the last reference to it.
///
/// Its path is short, since a socket's path has at most 107 bytes.
final class Scratch: Sendable {
  let path: String

  init() throws {
    path = "/tmp/tl-" + UUID().uuidString.prefix(8).lowercased()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func text(_ name: String) -> String {
    (try? String(contentsOfFile: path + "/" + name, encoding: .utf8)) ?? ""
  }
}

struct TimedOut: Error, CustomStringConvertible {
  var description: String
}

/// Looks again and again until something is so.
func wait(
  for what: @autoclosure () -> String, seconds: Double = 20, until isSo: () throws -> Bool
) throws {
  let end = Date.now.addingTimeInterval(seconds)
  while try !isSo() {
    guard Date.now < end else { throw TimedOut(description: "waited \(seconds) s for \(what())") }
    usleep(10_000)
  }
}
