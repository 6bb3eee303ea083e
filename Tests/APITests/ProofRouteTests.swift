import APITypes
import Domain
import Foundation
import HTTPTypes
import Ledger
import Proof
import Testing

@testable import API

struct ProofRouteTests {
  /// So many events: those of a new ledger, one tag, the rest customers.
  private func app(events: Int) async throws -> App {
    let app = try await App()
    try await app.createTag("Status-VIP")
    while app.ledger.head.size < events { try await app.register("Cliente") }
    return app
  }

  private func key(_ app: App) async throws -> VerifierKey {
    let status: Status = try await app.ask(.get, "/v1/status")
    return try VerifierKey(parsing: status.verifierKey)
  }

  @Test func `a receipt proves its event to whoever has the key`() async throws {
    let app = try await app(events: 20)
    let key = try await key(app)
    for seq in [1, 7, 20] {
      let reply = try await app.send(.get, "/v1/events/\(seq)/receipt")
      #expect(reply.status == 200)
      let event = try await app.send(.get, "/v1/events/\(seq)").bytes
      let receipt = try EventReceipt(parsing: reply.bytes)
      #expect(receipt.index == Int64(seq) - 1)
      // It is proved by the last checkpoint, or by one of its own where that does not cover it.
      #expect((Int64(seq)...20).contains(try receipt.check(event, by: key).head.size))
    }
    #expect(try await app.send(.get, "/v1/events/21/receipt").status == 404)
    #expect(try await app.send(.get, "/v1/events/0/receipt").status == 404)
  }

  @Test func `an event newer than the last checkpoint is signed at once`() async throws {
    let app = try await app(events: 2)
    _ = try await app.send(.get, "/v1/events/2/receipt")
    try await app.register("Mais um")
    let reply = try await app.send(.get, "/v1/events/3/receipt")
    let receipt = try EventReceipt(parsing: reply.bytes)
    #expect(try Checkpoint(parsing: receipt.note.text).head.size == 3)
    let last = try await app.send(.get, "/checkpoint")
    #expect(last.bytes == receipt.note.bytes)
  }

  @Test func `checkpoints are listed page by page, and each is consistent with the next`()
    async throws
  {
    let app = try await app(events: 2)
    let key = try await key(app)
    for number in 3...6 {
      try await app.register("Cliente \(number)")
      _ = try await app.send(.get, "/v1/events/\(number)/receipt")
    }
    var found: [CheckpointDocument] = []
    var target = "/v1/checkpoints?limit=2"
    while true {
      let page: Page<CheckpointDocument> = try await app.ask(.get, target)
      found += page.items
      guard let next = page.next else { break }
      target = "/v1/checkpoints?limit=2&cursor=\(next)"
    }
    #expect(found.first?.size == 0 && found.last?.size == 6)
    for (older, newer) in zip(found, found.dropFirst()) {
      let note = try SignedNote(parsing: Array(newer.note.utf8))
      try note.verify([key])
      let proved: ConsistencyDocument = try await app.ask(
        .get, "/v1/proofs/consistency?from=\(older.size)&to=\(newer.size)")
      #expect(proved.from.root == older.root && proved.to.root == newer.root)
      guard older.size > 0 else { continue }
      let proof = try proved.proof.map { try #require(TreeHash(base64: $0)) }
      #expect(
        MerkleProof.verifyConsistency(
          from: try Checkpoint(parsing: SignedNote(parsing: Array(older.note.utf8)).text).head,
          to: try Checkpoint(parsing: note.text).head, proof: proof))
    }
    for bad in ["from=7", "from=2&to=1", "", "from=0&to=99"] {
      let status = try await app.send(.get, "/v1/proofs/consistency?\(bad)").status
      #expect(status == 400 || status == 404, "\(bad)")
    }
  }

  @Test func `the log is served as tiles whose hashes lead to the signed root`() async throws {
    let app = try await app(events: 300)
    _ = try await app.send(.get, "/v1/events/300/receipt")
    let note = try SignedNote(parsing: try await app.send(.get, "/checkpoint").bytes)
    let head = try Checkpoint(parsing: note.text).head
    #expect(head.size == 300)
    var leaves: [TreeHash] = []
    for path in ["000", "001.p/44"] {
      let entries = try await app.send(.get, "/tile/entries/\(path)").bytes
      let hashes = try await app.send(.get, "/tile/0/\(path)").bytes
      var rest = entries[...]
      var found: [TreeHash] = []
      while !rest.isEmpty {
        let count = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
        found.append(.leaf(Array(rest.prefix(count))))
        rest = rest.dropFirst(count)
      }
      #expect(found.flatMap(\.bytes) == hashes)
      leaves += found
    }
    #expect(leaves.count == 300)
    let first = try await app.send(.get, "/tile/1/000.p/1").bytes
    #expect(first == root(leaves[..<256]).bytes)
    #expect(root(leaves[...]) == head.root)
    for missing in ["/tile/0/002", "/tile/0/001", "/tile/1/000.p/2", "/tile/entries/001.p/45"] {
      #expect(try await app.send(.get, missing).status == 404, "\(missing)")
    }
    for bad in [
      "/tile/0/1", "/tile/0/x000/001", "/tile/00/000", "/tile/0/000.p/0", "/tile/0/000.p/256",
    ] {
      #expect(try await app.send(.get, bad).status == 400, "\(bad)")
    }
  }

  private func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
    if leaves.count == 1 { return leaves.first! }
    var half = 1
    while half * 2 < leaves.count { half *= 2 }
    return .node(root(leaves.prefix(half)), root(leaves.dropFirst(half)))
  }

  @Test func `nobody else gets a proof`() async throws {
    let app = try await app(events: 2)
    for target in [
      "/checkpoint", "/tile/0/000.p/2", "/tile/entries/000.p/2", "/v1/checkpoints",
      "/v1/events/1/receipt", "/v1/proofs/consistency?from=0",
    ] {
      #expect(try await app.send(.get, target).status == 200, "\(target)")
      #expect(try await app.send(.get, target, uid: 1234).status == 403, "\(target)")
    }
  }

  @Test func `tile paths are read as they are written, and no other way`() throws {
    for (text, position, width) in [
      ("000", 0, 256), ("067", 67, 256), ("x001/x234/067", 1_234_067, 256),
      ("x001/234.p/8", 1234, 8), ("x999/x999/999.p/255", 999_999_999, 255),
    ] {
      let path = TilePath(position: Int64(position), width: width)
      #expect(try TilePath(parsing: text) == path)
      #expect(path.description == text)
    }
    for bad in [
      "", "0", "00", "0000", "x001", "001/234", "x000/001", "x1/234", "x001/x234", "001.p",
      "001.p/", "001.p/08", "001.p/+8", "x001.p/234", "-01", "+01", "001/", "/001", "٠٠١",
    ] {
      #expect(throws: Problem.self, "\(bad)") { try TilePath(parsing: bad) }
    }
  }
}

/// Mutated cursors and tile paths: refused or read, never a crash, and never another place by mistake.
struct CursorFuzzTests {
  @Test(arguments: UInt64(0)..<4)
  func `a mutated cursor or tile path never crashes and never means another`(seed: UInt64) {
    var state = seed &* 0x9e37_79b9_7f4a_7c15
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    func mutated(_ text: String) -> String {
      var bytes = Array(text.utf8)
      for _ in 0...next(2) {
        let at = next(max(1, bytes.count))
        switch bytes.isEmpty ? 1 : next(4) {
        case 0: bytes[at] ^= 1 << UInt8(next(8))
        case 1: bytes.insert(UInt8(next(256)), at: min(at, bytes.count))
        case 2: bytes.remove(at: at)
        default: bytes[at] = UInt8(0x30 + next(75))
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    for _ in 0..<10_000 {
      let cursor = Cursor(
        list: .changes, filter: UInt32(next(1 << 30)), position: Int64(next(1 << 30)))
      let text = mutated(cursor.description)
      if let read = Cursor(text) {
        #expect(read.description == text)
        // A checksum of 32 bits lets none of these through.
        #expect(text == cursor.description)
      }
      let path = mutated("x001/x234/067.p/8")
      if let read = try? TilePath(parsing: path) { #expect(read.description == path) }
    }
  }
}
