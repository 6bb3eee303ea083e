import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import EventLog

struct SealTests {
  let directory: TemporaryDirectory
  let log: Log
  let bea = CustomerID(1)

  init() throws {
    directory = try TemporaryDirectory()
    log = try open(directory)
    _ = try log.append([
      draft([
        Event(
          .customerRegistered, customer: bea, data: ["channel": "loja"],
          personal: [.name: "Bea Souza", .phone: "+5541988887777", .needs: "nota\nsábado"]),
        Event(.customerRegistered, customer: CustomerID(2), personal: [.name: "Rui", .notes: ""]),
      ])
    ])
  }

  @Test func `personal fields open to what was given`() throws {
    #expect(
      try log.personal(of: bea)
        == [.name: "Bea Souza", .phone: "+5541988887777", .needs: "nota\nsábado"])
    #expect(try log.personal(seq: 2) == [.name: "Rui", .notes: ""])
    #expect(try log.personal(of: CustomerID(3)) == [:])
  }

  @Test func `a change sets, keeps and clears fields`() throws {
    let appended = try log.append([
      draft([Event(.customerRevised, customer: bea, personal: [.name: "Bea Lima", .phone: ""])])
    ])
    #expect(try log.personal(of: bea) == [.name: "Bea Lima", .needs: "nota\nsábado"])
    #expect(try log.personal(seq: 3) == [.name: "Bea Lima", .phone: ""])
    #expect(try JSON(parsing: appended.events[0].data!)["sealed"]?["phone"] == .null)
    log.close()
    let again = try open(directory)
    #expect(try again.personal(of: bea) == [.name: "Bea Lima", .needs: "nota\nsábado"])
  }

  @Test func `no file holds a personal field in plain text`() throws {
    for name in ["log.db", "log.db-wal", "keys.db", "keys.db-wal", "head", "key"] {
      let bytes = try Data(directory.bytes(name))
      for text in ["Souza", "988887777", "sábado"] {
        #expect(bytes.firstRange(of: Data(text.utf8)) == nil, "\(text) in \(name)")
      }
    }
  }

  @Test func `a ciphertext opens only where it belongs and with its key`() {
    let key = SymmetricKeys.first
    let binding = Seal.Binding(
      origin: "a", type: .customerRegistered, field: .name, customer: bea)
    let box = Seal.seal("Bea", binding, key: key)
    #expect(Seal.open(box, binding, key: key) == "Bea")
    #expect(Seal.open(box, binding, key: SymmetricKeys.second) == nil)
    for other in [
      Seal.Binding(origin: "b", type: .customerRegistered, field: .name, customer: bea),
      Seal.Binding(origin: "a", type: .customerRevised, field: .name, customer: bea),
      Seal.Binding(origin: "a", type: .customerRegistered, field: .notes, customer: bea),
      Seal.Binding(origin: "a", type: .customerRegistered, field: .name, customer: CustomerID(2)),
    ] {
      #expect(Seal.open(box, other, key: key) == nil)
    }
    for index in box.indices {
      var flipped = box
      flipped[index] ^= 1
      #expect(Seal.open(flipped, binding, key: key) == nil)
    }
    #expect(Seal.open(Array(box.prefix(20)), binding, key: key) == nil)
    #expect(Seal.seal("Bea", binding, key: key) != box, "the nonce is random")
  }

  @Test func `a ciphertext that is not the recorded one is found`() throws {
    log.close()
    let queue = try DatabaseQueue(path: directory.file("log.db"))
    try queue.write { db in
      try db.execute(sql: "DROP TRIGGER sealed_refuses_update")
      try db.execute(sql: "UPDATE sealed SET box = zeroblob(40) WHERE field = 'phone'")
      try db.execute(
        literal:
          "\(sql: String(decoding: PackageResources.sealed_refuses_update_sql, as: UTF8.self))")
    }
    try queue.close()
    let again = try open(directory)
    #expect(again.damage == nil)
    #expect(throws: Problem.self) { try again.personal(of: bea) }
    #expect(again.damage != nil)
    #expect(throws: Problem.self) { try again.append([draft(applications(1))]) }
  }

  @Test func `a missing ciphertext is found by verifying`() throws {
    log.close()
    let queue = try DatabaseQueue(path: directory.file("log.db"))
    try queue.write { try $0.execute(sql: "DELETE FROM sealed WHERE field = 'phone'") }
    try queue.close()
    let again = try open(directory)
    #expect(throws: Problem.self) { try again.verify() }
  }

  @Test func `look-up keys are the same after a restart and differ by kind, value and ledger`()
    throws
  {
    let key = log.lookupKey(.phone, "+5541988887777")
    #expect(log.lookupKey(.ref, "+5541988887777") != key)
    #expect(log.lookupKey(.phone, "+5541988887778") != key)
    log.close()
    #expect(try open(directory).lookupKey(.phone, "+5541988887777") == key)
    #expect(try open(TemporaryDirectory()).lookupKey(.phone, "+5541988887777") != key)
  }

  @Test func `the key file is for its owner only, and is not made twice`() throws {
    let attributes = try FileManager.default.attributesOfItem(atPath: directory.file("key"))
    #expect((attributes[.posixPermissions] as? Int) == 0o400)
    log.close()
    try FileManager.default.removeItem(atPath: directory.file("key"))
    #expect(throws: Problem.self) { try open(directory) }
  }

  @Test func `keys of another ledger are refused`() throws {
    let other = try TemporaryDirectory()
    try open(other, origin: "tagledger/other").close()
    log.close()
    for name in ["keys.db", "key"] { try other.write(directory.bytes(name), to: name) }
    #expect(throws: Problem.self) { try open(other, origin: nil) }
  }

  @Test func `without keys.db personal fields are gone and everything else goes on`() throws {
    log.close()
    #expect(log.warnings == [])
    try FileManager.default.removeItem(atPath: directory.file("keys.db"))
    let again = try open(directory)
    #expect(again.warnings.count == 1)
    #expect(try again.personal(of: bea) == [:])
    _ = try again.append([
      draft([Event(.customerRevised, customer: bea, personal: [.name: "Bea Lima"])])
    ])
    #expect(try again.personal(of: bea) == [.name: "Bea Lima"])
    try again.verify()
  }

  @Test func `keys of fewer customers than the log seals are refused`() throws {
    log.close()
    let queue = try DatabaseQueue(path: directory.file("keys.db"))
    try queue.write { try $0.execute(sql: "DELETE FROM data_key WHERE customer > 1") }
    try queue.close()
    #expect(throws: Problem.self) { try open(directory) }
  }

  @Test func `registering many customers makes the keys they need`() throws {
    let events = (3...600).map {
      Event(.customerRegistered, customer: CustomerID($0), personal: [.name: "C\($0)"])
    }
    _ = try log.append([draft(events)])
    for customer: Int32 in [3, 258, 259, 600] {
      #expect(try log.personal(of: CustomerID(customer)) == [.name: "C\(customer)"])
    }
  }
}
