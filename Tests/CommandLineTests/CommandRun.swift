import ArgumentParser
import Foundation
import ServerSupport
import Synchronization

@testable import tagledger

/// What a command printed, and how it ended.
struct CommandRun {
  var code: Int32
  var out: String
  var err: String
}

/// A terminal that remembers what is written on it.
final class Screen: Sendable {
  private let written = Mutex<(out: [UInt8], err: [UInt8], answers: [String])>(([], [], []))

  init(answers: [String] = []) {
    written.withLock { $0.answers = answers }
  }

  var out: String { written.withLock { String(decoding: $0.out, as: UTF8.self) } }
  var err: String { written.withLock { String(decoding: $0.err, as: UTF8.self) } }

  func terminal(
    isTerminal: Bool, width: Int = 80, now: @escaping @Sendable () -> Duration = { .zero }
  ) -> Terminal {
    Terminal(
      write: { bytes in self.written.withLock { $0.out += bytes } },
      writeError: { bytes in self.written.withLock { $0.err += bytes } },
      line: { self.written.withLock { $0.answers.isEmpty ? nil : $0.answers.removeFirst() } },
      inIsTerminal: isTerminal, outIsTerminal: isTerminal, errIsTerminal: isTerminal,
      width: { width }, now: now)
  }
}

/// Runs a command line against a scripted server, in a pipe unless `isTerminal`.
func tagledger(
  _ arguments: [String], on server: ScriptedServer, language: String = "en",
  isTerminal: Bool = false, answers: [String] = [], environment: [String: String] = [:]
) async throws -> CommandRun {
  let screen = Screen(answers: answers)
  let command = try Tagledger.parseAsRoot(arguments + ["--socket", server.socket])
  guard let command = command as? any LedgerCommand else {
    throw ValidationError("\(type(of: command))")
  }
  let code = await command.run(
    environment: ["LC_ALL": language, "TERM": "dumb"].merging(environment) { $1 },
    terminal: screen.terminal(isTerminal: isTerminal))
  return CommandRun(code: code, out: screen.out, err: screen.err)
}
