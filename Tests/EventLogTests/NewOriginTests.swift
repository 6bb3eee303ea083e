import Domain
import EventLog
import Foundation
import Proof
import TestSupport
import Testing

/// Going on from a restored copy, under a name of its own.
struct NewOriginTests {
  let directory: TemporaryDirectory
  /// As it was at 300 events; the log has gone on to 310 since.
  let old: TemporaryDirectory
  let signed: Checkpoint

  init() throws {
    directory = try TemporaryDirectory()
    var log = try open(directory)
    _ = try log.append([
      draft(
        applications(299) + [
          Event(.customerRegistered, customer: CustomerID(1), personal: [.name: "Bea"])
        ])
    ])
    log.close()
    old = try directory.copy()
    log = try open(directory)
    _ = try log.append([draft(applications(10), id: 2)])
    signed = try Checkpoint(parsing: log.signedCheckpoint(atLeast: 310).note.text)
    log.close()
    // Restored: the database as it was; what was signed since stays where it is.
    try old.write(directory.bytes("checkpoints"), to: "checkpoints")
    try old.write(directory.bytes("head"), to: "head")
  }

  private func goOn(_ directory: TemporaryDirectory, as name: String? = "tagledger/again") throws
    -> Log
  {
    try Log.open(
      directory: directory.path,
      options: LogOptions(continuing: .underNewOrigin(name, at: time(1_000_000))))
  }

  @Test func `a restored copy is read-only until it is told to go on`() throws {
    #expect(try open(old).damage != nil)
    let log = try goOn(old)
    #expect(log.damage == nil)
    #expect(log.origin == "tagledger/again")
    #expect(log.size == 301)
    let event = try log.events(seqs: [301])[0]
    #expect(event.type == .ledgerContinued)
    #expect(event.actor == .system)
    let data = try event.parsedData()
    #expect(data["origin"]?.string == "tagledger/test")
    #expect(data["size"]?.int == 310)
    #expect(data["root"]?.string == signed.head.root.base64)
    #expect(data["agreed"]?.int == 300)
    try EventSchemas().validate(log.publicForm(event))
  }

  @Test func `past events keep their name, and what is sealed opens under both`() throws {
    let before = try open(old, origin: nil)
    let forms = try before.everything().map(before.publicForm)
    before.close()
    var log = try goOn(old)
    _ = try log.append([
      draft(
        [Event(.customerRevised, customer: CustomerID(1), personal: [.notes: "muda-se"])]
          + applications(300), id: 3)
    ])
    log.close()
    log = try open(old, origin: nil)
    #expect(log.damage == nil)
    #expect(log.origin == "tagledger/again")
    #expect(try log.everything().prefix(300).map(log.publicForm) == forms)
    let later = try log.events(seqs: [302])[0]
    #expect(String(decoding: log.publicForm(later), as: UTF8.self).contains("tagledger/again"))
    #expect(try log.personal(of: CustomerID(1)) == [.name: "Bea", .notes: "muda-se"])
    try log.verify()
  }

  @Test func `the name set at the first start is still right afterwards`() throws {
    try goOn(old).close()
    #expect(try open(old).origin == "tagledger/again")
    #expect(throws: Problem.self) { try open(old, origin: "tagledger/other") }
  }

  @Test func `checkpoints of the former name are kept, and held against what they may be`() throws {
    let log = try goOn(old)
    log.close()
    let text = String(decoding: try old.bytes("checkpoints"), as: UTF8.self)
    #expect(text.hasPrefix(String(decoding: try directory.bytes("checkpoints"), as: UTF8.self)))
    let notes = text.components(separatedBy: "\n\n")
    #expect(notes[notes.count - 3].hasPrefix("tagledger/again\n301\n"))
    // Without the checkpoint under the new name, as if the power had failed before it was signed.
    try old.write(directory.bytes("checkpoints"), to: "checkpoints")
    #expect(try open(old).damage == nil)
    #expect(try old.bytes("checkpoints") == Array(text.utf8))
  }

  @Test func `a log cut off in the middle of going on is still whole`() throws {
    let head = try old.bytes("head")
    try goOn(old).close()
    try old.write(head, to: "head")
    let log = try open(old)
    #expect(log.damage == nil)
    #expect(log.size == 301)
  }

  @Test func `it may go on again, from a copy of a copy`() throws {
    try goOn(old).close()
    let log = try goOn(old, as: nil)
    #expect(log.origin.hasPrefix("tagledger/"))
    #expect(try log.events(seqs: [302])[0].parsedData()["agreed"]?.int == 301)
    log.close()
    #expect(try open(old).damage == nil)
    #expect(throws: Problem.self) { try goOn(old, as: "tagledger/test") }
  }

  @Test func `a log that is damaged in itself does not go on`() throws {
    var bytes = try old.bytes("log.db")
    let place = bytes.count / 2
    // Several pages, since one may belong to a table that is empty.
    for index in place..<place + 16_384 { bytes[index] ^= 0x55 }
    try old.write(bytes, to: "log.db")
    #expect(throws: Problem.self) { try goOn(old) }
  }

  @Test func `a log whose checkpoints do not read goes on from its head`() throws {
    try old.write(Array("nonsense\n\n".utf8), to: "checkpoints")
    #expect(try open(old).damage != nil)
    let data = try goOn(old).events(seqs: [301])[0].parsedData()
    #expect(data["size"]?.int == 310)
    #expect(data["agreed"]?.int == 0)
  }

  @Test func `a lost signing key is made anew with the new name`() throws {
    try FileManager.default.removeItem(atPath: old.file("signing.key"))
    #expect(throws: Problem.self) { try open(old) }
    try goOn(old).close()
    #expect(try open(old).damage == nil)
  }

  @Test func `an empty log has nothing to go on from`() throws {
    let log = try goOn(try TemporaryDirectory())
    #expect(log.size == 0)
  }
}
