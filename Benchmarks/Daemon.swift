import Foundation
import Synchronization

/// The built daemon on a data directory of its own.
final class Daemon {
  let socket: String
  let directory: String
  private let process = Process()
  private static let starts = Atomic(0)

  /// Starts it, and returns when it answers.
  init(_ program: String, on directory: String, patience: Double = 900) throws {
    self.directory = directory
    // A socket of its own: one that an earlier daemon has left, or still serves, must not answer.
    let number = Self.starts.wrappingAdd(1, ordering: .relaxed).newValue
    socket = directory + "/socket-\(getpid())-\(number)"
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [
      "--data-directory", directory, "--socket-path", socket, "--log-level", "warning",
    ]
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let end = now() + patience
    // The socket is there before the ledger is; who asks meanwhile waits for the answer.
    while (try? wire().ask(Wire.get("/readyz")).status) != 200 {
      guard process.isRunning, now() < end else {
        stop()
        throw Failure("the daemon does not start")
      }
      usleep(1000)
    }
  }

  func wire() throws -> Wire {
    try Wire(socket)
  }

  /// Asks once, and wants a status below 300.
  @discardableResult
  func ask(_ request: [UInt8]) throws -> String {
    let answer = try wire().ask(request)
    guard answer.status < 300 else { throw Failure("\(answer.status): \(answer.text)") }
    return answer.text
  }

  /// The most memory it has held, in bytes.
  func peakMemory() throws -> Double {
    let path = "/proc/\(process.processIdentifier)/status"
    let status = try String(contentsOfFile: path, encoding: .utf8)
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      return (Double(line.split(separator: " ").dropLast().last ?? "") ?? .nan) * 1024
    }
    return .nan
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }
}
