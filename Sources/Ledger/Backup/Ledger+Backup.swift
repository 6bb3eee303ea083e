package import Domain
import EventLog
import Foundation
import Logging
import Proof

extension Ledger {
  /// Copies log and keys while everything goes on, as a job; verifies the copy, and only then gives it
  /// its name.
  ///
  /// - Parameters:
  ///   - directory: gets `log/` and, unless they go elsewhere, `keys/`; must not be there yet.
  ///   - keys: where the keys go instead; must not be there yet.
  /// - Throws: `backupUnusable` where a directory cannot be written; `jobInTheWay` beside an erasure or
  ///   another backup.
  package func startBackup(
    to directory: String, keys: String?, by caller: Caller
  ) throws(Problem) -> Job {
    let actor = try admit(caller, .permission(.serviceManage)).actor
    try refuseReadOnly()
    let backup = try Backup(ledger: self, directory: directory, keys: keys)
    let job = Job(
      id: newJobID(), kind: .backup, caller: caller, actor: actor, started: now(), unit: "bytes",
      total: nil,
      parameters: .object([:]))
    return try jobs.start(job) { handle throws(Problem) in
      try await handle.apart { () throws(Problem) in try backup.make(handle) }
    }
  }
}

/// One backup on its way.
struct Backup: Sendable {
  private let ledger: Ledger
  private let target: String
  private let keysTarget: String?
  /// Where both parts are made, beside where they will stand.
  private let draft: String
  private let keysDraft: String

  init(ledger: Ledger, directory: String, keys: String?) throws(Problem) {
    for path in [directory, keys].compactMap(\.self) {
      guard path.hasPrefix("/") else {
        throw .backupUnusable("\(path) is not an absolute path; the daemon has no other")
      }
      guard !FileManager.default.fileExists(atPath: path) else {
        throw .backupUnusable("\(path) is there already; name a new directory")
      }
    }
    self.ledger = ledger
    target = Self.trimmed(directory)
    keysTarget = keys.map(Self.trimmed)
    draft = target + ".partial"
    keysDraft = keysTarget.map { $0 + ".partial" } ?? draft + "/keys"
  }

  private static func trimmed(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  func make(_ handle: Jobs.Handle) throws(Problem) {
    removeDrafts()
    do throws(Problem) {
      try write(handle)
    } catch {
      removeDrafts()
      throw error
    }
  }

  private func removeDrafts() {
    for path in [draft, keysDraft] { try? FileManager.default.removeItem(atPath: path) }
  }

  private func write(_ handle: Jobs.Handle) throws(Problem) {
    let started = ledger.now()
    let log = draft + "/log"
    for path in [draft, log, keysDraft] { try Files.makeDirectory(path) }
    // Before the log, so that nobody whom this list names is missing from it, or is not erased in it.
    try copySmall([ErasuresFile.name, "founder"], to: log)
    // Before the log too: no webhook has been told more than the copy holds.
    try WebhookParts.copy(from: ledger.directory, .progress, to: log)
    let head = try ledger.log.copy(into: log, keys: keysDraft) { done, total in
      handle.update { job in
        job.done = done
        job.total = total * 2
      }
      return !handle.isStopped
    }
    try copySecrets()
    try WebhookParts.copy(from: ledger.directory, .secrets, to: keysDraft)
    let fields = try verify(head, log, handle)
    for (part, directory) in [(Manifest.Part.log, log), (.keys, keysDraft)] {
      try Manifest(
        part: part, origin: ledger.log.firstOrigin, head: head, made: started,
        files: Files.hashes(in: directory)
      ).write(to: directory)
      try Directory.sync(directory)
    }
    if let keysTarget { try Files.put(keysDraft, at: keysTarget) }
    try Files.put(draft, at: target)
    handle.update { job in
      job.total = job.done
      job.result["events"] = .int(head.size)
      job.result["root"] = .string(head.root.hex)
      job.result["opened"] = .int(Int64(fields))
      job.result["log"] = .string(target + "/log")
      job.result["keys"] = .string(keysTarget ?? target + "/keys")
      job.result["secrets"] = .array(secrets.map { .string($0.name) })
    }
    ledger.logger.notice(
      "backed up", metadata: ["directory": "\(target)", "events": "\(head.size)"])
  }

  private func copySmall(_ names: [String], to directory: String) throws(Problem) {
    for name in names {
      let source = ledger.directory + "/" + name
      guard FileManager.default.fileExists(atPath: source) else { continue }
      try Files.copy(source, to: directory + "/" + name)
    }
  }

  /// The key-encryption key and the signing key, where the daemon keeps them itself; what comes as a
  /// credential is kept by whoever gives it.
  private var secrets: [(name: String, path: String)] {
    ["key", "signing.key"].map { ($0, ledger.directory + "/" + $0) }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
  }

  private func copySecrets() throws(Problem) {
    for (name, path) in secrets {
      try Files.copy(path, to: keysDraft + "/" + name, mode: 0o400)
    }
  }

  /// Reads the copy back: every leaf and the root, and sealed fields with the copied keys.
  private func verify(
    _ head: TreeHead, _ log: String, _ handle: Jobs.Handle
  ) throws(Problem) -> Int {
    let copy = try LogCopy(directory: log)
    let length = handle.job?.done ?? 0
    let found = try copy.head { events in
      handle.update { $0.done = length + length * events / max(1, head.size) }
      return !handle.isStopped
    }
    guard found == head else {
      throw .backupUnusable(
        "the copy has the root \(found.root.hex) at \(found.size) events, the log \(head.root.hex)")
    }
    return try copy.openFields(
      keys: keysDraft, keyFile: ledger.keyFile ?? ledger.directory + "/key")
  }
}
