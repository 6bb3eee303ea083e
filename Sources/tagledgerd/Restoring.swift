import Domain
import EventLog
import Foundation
import Ledger
import Logging

/// `tagledgerd restore`.
struct Restoring {
  let flags: RestoreFlags
  /// How the daemon would open the ledger.
  let options: LedgerOptions

  /// Returns what has been done, in words.
  func perform() async throws(StartFailure) -> String {
    var plan = Restore.Plan(
      from: DataDirectory.full(flags.from), keys: flags.keys.map(DataDirectory.full))
    plan.replaces = flags.replaces
    plan.erasures = flags.erasures
    do throws(Problem) {
      let report = try await Restore(plan, options).perform()
      return Self.told(report, in: options.directory)
    } catch {
      throw StartFailure(restoring: error)
    }
  }

  private static func told(_ report: Restore.Report, in directory: String) -> String {
    var lines = [
      "restored \(report.events) events into \(directory)",
      "root \(report.root)",
      "\(report.opened) sealed fields opened with the keys of the backup",
    ]
    if !report.erased.isEmpty {
      let ids = report.erased.map { "\($0.rawValue)" }.joined(separator: ", ")
      lines.append("erased anew, since they had been erased after the backup: \(ids)")
    }
    if let aside = report.aside {
      lines.append("what was there is now in \(aside); delete it when all is well")
    }
    return lines.joined(separator: "\n")
  }
}

extension StartFailure {
  init(restoring problem: Problem) {
    switch problem {
    case .restoreRefused(let what): self = StartFailure(code: .usage, message: what)
    case .backupUnusable(let what): self = .io(what)
    default: self = StartFailure(problem, directory: "the data directory")
    }
  }
}
