import Domain
import EventLog
import Foundation
import Proof
import TestSupport
import Testing

/// What is signed, how it is kept, and what is made of it at the next start.
struct CheckpointTests {
  let directory: TemporaryDirectory
  let events: [RecordedEvent]

  /// A log with three checkpoints: of nothing, of 300 events, and of 307.
  init() throws {
    directory = try TemporaryDirectory()
    var log = try open(directory)
    var events = try log.append([draft(applications(300))]).events
    log.close()
    log = try open(directory)
    events += try log.append([draft(applications(7), id: 2)]).events
    log.close()
    self.events = events
  }

  /// The notes of a file, by the rule that it states: each ends with an empty line.
  private func notes(_ directory: TemporaryDirectory) throws -> [SignedNote] {
    let text = String(decoding: try directory.bytes("checkpoints"), as: UTF8.self)
    let parts = text.components(separatedBy: "\n\n")
    return try stride(from: 0, to: parts.count - 1, by: 2).map { index in
      try SignedNote(parsing: Array("\(parts[index])\n\n\(parts[index + 1])\n".utf8))
    }
  }

  private func key(_ directory: TemporaryDirectory) throws -> VerifierKey {
    let log = try open(directory, origin: nil)
    defer { log.close() }
    return log.verifierKey
  }

  @Test func `every stop leaves a checkpoint of the whole log, signed by its key`() throws {
    let key = try key(directory)
    let checkpoints = try notes(directory).map { note in
      try note.verify([key])
      return try Checkpoint(parsing: note.text)
    }
    #expect(checkpoints.map(\.head.size) == [0, 300, 307])
    #expect(checkpoints.allSatisfy { $0.origin == "tagledger/test" && $0.extensions.isEmpty })
    let log = try open(directory)
    for checkpoint in checkpoints {
      #expect(try log.head(atSize: checkpoint.head.size) == checkpoint.head)
    }
  }

  @Test func `a checkpoint follows by itself, soon after the events`() async throws {
    let log = try open(directory)
    _ = try log.append([draft(applications(3), id: 3)])
    // As long as it takes: how soon is measured elsewhere.
    for _ in 0..<1000 where try log.checkpoint.head.size != 310 {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try log.checkpoint.head == log.head)
    #expect(try notes(directory).count == 4)
  }

  @Test func `a key file is for its owner alone, and a lost one is asked for`() throws {
    let path = directory.file("signing.key")
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o400)
    let known = try key(directory)
    try FileManager.default.removeItem(atPath: path)
    #expect(throws: Problem.self) { try open(directory) }
    #expect(!FileManager.default.fileExists(atPath: path))
    let elsewhere = try TemporaryDirectory()
    let log = try Log.open(
      directory: elsewhere.path, options: LogOptions(signingKeyFile: elsewhere.file("mine")))
    #expect(FileManager.default.fileExists(atPath: elsewhere.file("mine")))
    #expect(log.verifierKey != known)
  }

  @Test func `a note cut short anywhere is taken away, and signed again`() throws {
    let whole = try directory.bytes("checkpoints")
    let last = try notes(directory).last!.bytes.count + 1
    for count in whole.count - last..<whole.count {
      let copy = try directory.copy()
      try copy.write(Array(whole[..<count]), to: "checkpoints")
      let log = try open(copy)
      #expect(log.damage == nil, "cut at \(count)")
      log.close()
      #expect(try copy.bytes("checkpoints") == whole, "cut at \(count)")
    }
  }

  @Test func `a file that had grown before its bytes arrived is healed too`() throws {
    let whole = try directory.bytes("checkpoints")
    try directory.write(
      whole.dropLast(40) + [UInt8](repeating: 0, count: 40), to: "checkpoints")
    #expect(try open(directory).damage == nil)
    #expect(try directory.bytes("checkpoints") == whole)
  }

  @Test func `any changed byte of the last checkpoint makes the log read-only`() throws {
    let whole = try directory.bytes("checkpoints")
    let last = try notes(directory).last!.bytes.count + 1
    for place in whole.count - last..<whole.count {
      let copy = try directory.copy()
      var bytes = whole
      bytes[place] ^= 1 << UInt8(place % 7)
      try copy.write(bytes, to: "checkpoints")
      let log = try open(copy)
      defer { log.close() }
      #expect(log.damage != nil, "byte \(place - whole.count + last) of \(last)")
    }
  }

  @Test func `a log without the file of its checkpoints is read-only`() throws {
    try FileManager.default.removeItem(atPath: directory.file("checkpoints"))
    let log = try open(directory)
    #expect(log.damage != nil)
    #expect(try log.everything() == events)
    #expect(throws: Problem.self) { try log.checkpoint }
  }

  @Test func `checkpoints of another log, or by another key, make the log read-only`() throws {
    let other = try TemporaryDirectory()
    let log = try open(other)
    _ = try log.append([draft(applications(300))])
    log.close()
    let foreign = try directory.copy()
    try foreign.write(other.bytes("checkpoints"), to: "checkpoints")
    #expect(try open(foreign).damage != nil)
    let rekeyed = try directory.copy()
    try FileManager.default.removeItem(atPath: rekeyed.file("signing.key"))
    try rekeyed.write(other.bytes("signing.key"), to: "signing.key")
    #expect(try open(rekeyed).damage != nil)
  }

  @Test func `a log rolled back together with its head differs from what was signed`() throws {
    let old = try directory.copy()
    let log = try open(directory)
    _ = try log.append([draft(applications(1), id: 3)])
    log.close()
    try old.write(directory.bytes("checkpoints"), to: "checkpoints")
    let opened = try open(old)
    let damage = try #require(opened.damage)
    #expect("\(damage)".contains("308 events have been signed"))
    #expect(throws: damage) { try opened.append([draft(applications(1), id: 4)]) }
  }

  @Test func `a log that was written anew differs from what was signed`() throws {
    let other = try TemporaryDirectory()
    try other.write(directory.bytes("signing.key"), to: "signing.key")
    let log = try open(other)
    _ = try log.append([draft(applications(400, of: 4))])
    log.close()
    try other.write(directory.bytes("checkpoints"), to: "checkpoints")
    let damage = try #require(try open(other).damage)
    #expect("\(damage)".contains("are not those that have been signed"))
  }

  @Test func `the second place gets every checkpoint, and tells of a log that was rolled back`()
    throws
  {
    let second = try TemporaryDirectory()
    let place = second.file("copy")
    let options = LogOptions(secondPlace: .file(place))
    let old = try directory.copy()
    let log = try Log.open(directory: directory.path, options: options)
    _ = try log.append([draft(applications(1), id: 3)])
    log.close()
    let newest = try notes(directory).last!
    #expect(Array(try Data(contentsOf: URL(filePath: place))).starts(with: newest.bytes))
    // All of an older copy agrees with itself; only what stands elsewhere can tell.
    #expect(try open(old.copy()).damage == nil)
    let opened = try Log.open(directory: old.path, options: options)
    #expect("\(try #require(opened.damage))".contains(place))
  }

  @Test func `a second place that cannot be reached is told of and holds nothing up`() throws {
    let options = LogOptions(secondPlace: .file(directory.file("missing/copy")))
    let log = try Log.open(directory: directory.path, options: options)
    _ = try log.append([draft(applications(1), id: 3)])
    #expect(try log.signedCheckpoint(atLeast: 308).head.size == 308)
    #expect(log.warnings.count == 1)
    try FileManager.default.createDirectory(
      atPath: directory.file("missing"), withIntermediateDirectories: false)
    _ = try log.append([draft(applications(1), id: 4)])
    #expect(try log.signedCheckpoint(atLeast: 309).head.size == 309)
    #expect(log.warnings.isEmpty)
  }

  @Test func `whoever keeps checkpoints elsewhere is handed each of them`() throws {
    let told = Told()
    let options = LogOptions(secondPlace: .told { told.add($0) })
    let log = try Log.open(directory: directory.path, options: options)
    _ = try log.append([draft(applications(1), id: 3)])
    log.close()
    #expect(told.all.map { Array($0.utf8) } == [try notes(directory).last!.bytes])
  }
}

/// Collects texts from any thread.
private final class Told: @unchecked Sendable {
  private let lock = NSLock()
  private var texts: [String] = []

  func add(_ text: String) { lock.withLock { texts.append(text) } }
  var all: [String] { lock.withLock { texts } }
}
