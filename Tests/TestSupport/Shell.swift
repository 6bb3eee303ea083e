package import Foundation
import Glibc

/// Runs programs of the system for tests, by `popen`: Foundation's `Process` now and then waits for
/// good for a child that has ended.
package enum Shell {
  package struct Failure: Error {
    package let command: String
    package let status: Int32
  }

  /// What a command line writes to its standard output.
  package static func output(of command: String) throws -> Data {
    guard let stream = popen(command, "r") else { throw Failure(command: command, status: -1) }
    var output = Data()
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&piece, 1, piece.count, stream), count > 0 {
      output += piece[..<count]
    }
    let status = pclose(stream)
    guard status == 0 else { throw Failure(command: command, status: status) }
    return output
  }

  /// A word that the shell takes as it stands.
  package static func quoted(_ word: String) -> String {
    "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}
