package import Domain
import EventLog
import Foundation
import Logging
import Proof

/// Brings a backup back into a data directory that no daemon uses.
package struct Restore: Sendable {
  package struct Plan: Sendable {
    /// The backup, or its log part.
    package var from: String
    /// The keys part; nil for `keys` within the backup.
    package var keys: String?
    /// Whether a data directory that is there may be put aside.
    package var replaces = false
    /// Lists of erasures kept elsewhere.
    package var erasures: [String] = []

    package init(from: String, keys: String? = nil) {
      self.from = from
      self.keys = keys
    }
  }

  package struct Report: Sendable {
    package let events: Int64
    package let root: String
    /// Sealed fields that were opened to see that log and keys belong together.
    package let opened: Int
    /// Who had been erased since the backup was made, and has been again.
    package let erased: [CustomerID]
    /// Where the directory that was there is now.
    package let aside: String?
  }

  private let plan: Plan
  private let options: LedgerOptions
  private let logPart: String
  private let keysPart: String
  private var target: String { options.directory }
  /// Where the ledger is made, beside where it will stand.
  private var draft: String { Self.draft(of: target) }

  /// - Parameter options: how the ledger is opened once it is there; its log may be told to go on under
  ///   a new origin.
  package init(_ plan: Plan, _ options: LedgerOptions) {
    self.plan = plan
    self.options = options
    let isWhole = FileManager.default.fileExists(atPath: plan.from + "/log/" + Manifest.name)
    logPart = isWhole ? plan.from + "/log" : plan.from
    keysPart = plan.keys ?? plan.from + "/keys"
  }

  /// Verifies the backup, makes a ledger of it beside where it will stand, and opens that once: then
  /// erasures made since have been made again, before anybody is served. Only then it takes its place.
  ///
  /// - Throws: `backupUnusable`; `restoreRefused` where something would be lost that has not been given
  ///   up in so many words; `dataInUse`. Then the directory is as it was.
  package func perform() async throws(Problem) -> Report {
    let manifest = try Manifest(directory: logPart, part: .log)
    let (copy, opened) = try verified(manifest)
    let lock = try lockTarget()
    defer { lock?.release() }
    // A killed restore's, which holds everybody.
    try? FileManager.default.removeItem(atPath: draft)
    let isThere = lock != nil
    let present = isThere ? try? LogCopy(directory: target) : nil
    let signed = isThere ? try LogCopy.knownSize(of: target) : 0
    try refuse(isThere: isThere, signed: signed, copy)

    let owner = Owner(of: target)
    do throws(Problem) {
      try fill(isNewer: signed > copy.size, present)
      let erased = try await open()
      owner?.take(draft)
      return Report(
        events: manifest.head.size, root: manifest.head.root.hex, opened: opened, erased: erased,
        aside: try putInPlace(isThere: isThere))
    } catch {
      try? FileManager.default.removeItem(atPath: draft)
      throw error
    }
  }

  // MARK: Before anything is changed

  private func verified(_ manifest: Manifest) throws(Problem) -> (LogCopy, opened: Int) {
    try manifest.check(logPart)
    let keys = try Manifest(directory: keysPart, part: .keys)
    try keys.check(keysPart)
    guard keys.origin == manifest.origin, keys.head.size >= manifest.head.size else {
      throw .backupUnusable(
        "the keys in \(keysPart) were copied for \(keys.origin) at \(keys.head.size) events, the log "
          + "in \(logPart) is \(manifest.origin) at \(manifest.head.size)")
    }
    let copy = try LogCopy(directory: logPart)
    let head = try copy.head()
    guard head == manifest.head, copy.firstOrigin == manifest.origin else {
      throw .backupUnusable("the log in \(logPart) is not what its manifest says")
    }
    return (copy, try copy.openFields(keys: keysPart, keyFile: keyFile))
  }

  private var keyFile: String { options.log.keyFile ?? keysPart + "/key" }

  /// Nil where there is no ledger; what else lies in a directory is not ours to replace.
  private func lockTarget() throws(Problem) -> FileLock? {
    if Self.isUnfinished(in: target), let aside { return try putBack(aside) }
    let files = Self.files(in: target)
    if files.isEmpty { return nil }
    guard files.contains("log.db") else {
      throw .restoreRefused("\(target) holds something that is no ledger; name another directory")
    }
    return try FileLock(target + "/lock", for: target)
  }

  private func refuse(isThere: Bool, signed: Int64, _ copy: LogCopy) throws(Problem) {
    guard isThere else { return }
    guard plan.replaces else {
      throw .restoreRefused(
        "\(target) holds a ledger of \(signed) events; --replace keeps it aside under another name")
    }
    if signed > copy.size, case .asSigned = options.log.continuing {
      throw .restoreRefused(
        "the ledger in \(target) has signed \(signed) events, the backup ends at \(copy.size): what "
          + "came after would be lost, and its receipts would prove nothing. If that is meant, say "
          + "--new-origin, and the log goes on under another name from an event that says so")
    }
  }

  // MARK: Putting it in place

  private func fill(isNewer: Bool, _ present: LogCopy?) throws(Problem) {
    try Files.makeDirectory(draft)
    for part in [logPart, keysPart] {
      let files = Self.files(in: part)
      try WebhookParts.prepare(draft, for: files)
      for name in files.sorted() where name != Manifest.name && name != "keys" {
        let isSecret = name == "key" || name == "signing.key"
        try Files.copy(
          part + "/" + name, to: draft + "/" + WebhookParts.place(of: name),
          mode: isSecret ? 0o400 : 0o600)
      }
    }
    // What was signed last is cited by the event with which the log goes on.
    let checkpoints = "/checkpoints"
    if isNewer, FileManager.default.fileExists(atPath: target + checkpoints) {
      try? FileManager.default.removeItem(atPath: draft + checkpoints)
      try Files.copy(target + checkpoints, to: draft + checkpoints)
    }
    try gatherErasures(present)
    try WebhookParts.sync(draft)
    try Directory.sync(draft)
  }

  /// Who has been erased since, from wherever it is known.
  private func gatherErasures(_ present: LogCopy?) throws(Problem) {
    let origin = try Manifest(directory: logPart, part: .log).origin
    let list = ErasuresFile(path: draft + "/" + ErasuresFile.name, origin: origin)
    for path in plan.erasures {
      guard FileManager.default.fileExists(atPath: path) else {
        throw .restoreRefused("\(path) is not there; it was named as a list of erasures")
      }
      try list.add(ErasuresFile(path: path, origin: origin).entries())
    }
    guard let present, present.firstOrigin == origin else { return }
    try list.add(
      ErasuresFile(path: target + "/" + ErasuresFile.name, origin: origin).entries())
    try list.add(
      present.erasures().map { .init(customer: $0.customer, seq: $0.seq, at: $0.at) })
  }

  /// Opens the ledger as the daemon will, so that it is known to open, and closes it again.
  private func open() async throws(Problem) -> [CustomerID] {
    let before = try LogCopy(directory: draft).erasures().map(\.customer)
    var options = options
    options.directory = draft
    options.runsRules = false
    let ledger = try await Ledger.open(options)
    let reason = ledger.readOnlyReason
    let erased = Set(ledger.state.erased).subtracting(before)
    await ledger.close()
    if let reason { throw .backupUnusable("the restored log opens for reading only: \(reason)") }
    return erased.sorted()
  }

  /// Gives the draft its name, and what is there a dated one, which it returns.
  ///
  /// These are two steps, since not every file system can exchange directories in one. Of what a kill
  /// leaves between them, `isUnfinished` tells.
  private func putInPlace(isThere: Bool) throws(Problem) -> String? {
    guard isThere else {
      try Files.put(draft, at: target)
      return nil
    }
    let time = options.now().text.prefix(19).replacing(":", with: "")
    let aside = "\(target)\(Self.asideMark)\(time)Z"
    guard rename(target, aside) == 0 else { throw Files.failed(target) }
    do throws(Problem) {
      try Files.put(draft, at: target)
    } catch {
      _ = rename(target, draft)
      _ = rename(aside, target)
      throw error
    }
    return aside
  }
}

// MARK: - What a kill leaves

extension Restore {
  private static let asideMark = ".replaced-"

  private static func draft(of target: String) -> String { target + ".restoring" }

  /// Whether a restore was killed that had put the ledger aside already, or that had none to put aside:
  /// to begin a ledger here would be to forget the one there was.
  package static func isUnfinished(in directory: String) -> Bool {
    files(in: directory).isEmpty && FileManager.default.fileExists(atPath: draft(of: directory))
  }

  /// What was put aside last.
  private var aside: String? {
    let folder = Directory.of(target)
    let mark = target.dropFirst(folder == "/" ? 1 : folder.count + 1) + Self.asideMark
    return Self.files(in: folder).filter { $0.hasPrefix(mark) }.max().map { folder + "/" + $0 }
  }

  /// Takes back what a killed restore has done, so that this one finds what that one has found.
  private func putBack(_ aside: String) throws(Problem) -> FileLock {
    // One that is not dead yet still holds it.
    let lock = try FileLock(aside + "/lock", for: target)
    try Files.put(aside, at: target)
    return lock
  }

  private static func files(in directory: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
  }
}
