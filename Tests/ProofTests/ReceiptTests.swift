import Foundation
import Proof
import Testing

struct ReceiptTests {
  /// The receipt of leaf 4 in the example's tree: its neighbour 5, the leaf 6, the first four.
  static let receipt = EventReceipt(
    index: 4,
    proof: [.leaf(Example.leaves[5]), .leaf(Example.leaves[6]), Example.root(0..<4)],
    note: try! SignedNote(parsing: Array(Example.note.utf8)))

  @Test func `a receipt is written as the format says and read back`() throws {
    let text = String(decoding: Self.receipt.bytes, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "c2sp.org/tlog-proof@v1")
    #expect(lines[1] == "index 4")
    #expect(lines[2] == TreeHash.leaf(Example.leaves[5]).base64)
    #expect(lines[5] == "")
    #expect(text.hasSuffix("\n\n" + Example.note))
    #expect(try EventReceipt(parsing: Self.receipt.bytes) == Self.receipt)
  }

  @Test func `a receipt proves its event, and no other`() throws {
    let checkpoint = try Self.receipt.check(Example.leaves[4], by: Example.verifierKey)
    #expect(checkpoint.head.size == 7)
    #expect(throws: ProofFault.notIncluded(index: 4, size: 7)) {
      try Self.receipt.check(Example.leaves[3], by: Example.verifierKey)
    }
    let moved = EventReceipt(index: 5, proof: Self.receipt.proof, note: Self.receipt.note)
    #expect(throws: ProofFault.notIncluded(index: 5, size: 7)) {
      try moved.check(Example.leaves[4], by: Example.verifierKey)
    }
  }

  @Test func `a receipt under another log's name is refused`() throws {
    let other = SigningKey(name: "other.example", seed: Array(0..<32))!
    let receipt = EventReceipt(
      index: 4, proof: Self.receipt.proof, note: other.sign(Self.receipt.note.text))
    #expect(
      throws: ProofFault.originDiffers(found: Example.origin, expected: "other.example")
    ) { try receipt.check(Example.leaves[4], by: other.verifier) }
  }

  @Test func `extra data is passed over`() throws {
    let text = String(decoding: Self.receipt.bytes, as: UTF8.self)
    let more = text.replacing("index 4", with: "extra AAAA\nindex 4")
    #expect(try EventReceipt(parsing: Array(more.utf8)) == Self.receipt)
  }
}

/// Mutations of sound texts: nothing crashes, and no changed signed text is accepted.
struct ProofFuzzTests {
  private struct Generator {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
      return Int((z ^ z >> 31) % UInt64(bound))
    }

    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
      var bytes = bytes
      for _ in 0...next(3) {
        let at = next(max(1, bytes.count))
        switch bytes.isEmpty ? 1 : next(6) {
        case 0: bytes[at] ^= 1 << UInt8(next(8))
        case 1: bytes.insert(UInt8(next(256)), at: min(at, bytes.count))
        case 2: bytes.remove(at: at)
        case 3: bytes.removeLast(next(bytes.count))
        case 4: bytes[at] = [0, 0x0a, 0x20, 0x2b, 0x30, 0x3d, 0x80, 0xe2, 0xff][next(9)]
        default:
          let from = next(bytes.count)
          bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + next(40))], at: at)
        }
      }
      return bytes
    }
  }

  @Test(arguments: UInt64(0)..<8)
  func `a mutated note never crashes and never says other than what was signed`(seed: UInt64) {
    var chance = Generator(state: seed)
    let sound = Array(Example.note.utf8)
    let text = Example.note.split(separator: "\n").prefix(3).map { $0 + "\n" }.joined()
    var accepted = 0
    for _ in 0..<4000 {
      guard let note = try? SignedNote(parsing: chance.mutate(sound)) else { continue }
      _ = try? Checkpoint(parsing: note.text)
      guard (try? note.verify([Example.verifierKey])) != nil else { continue }
      accepted += 1
      #expect(note.text == text)
    }
    // Mutations that undo each other are rare, and lines added as another's signature rarer still.
    #expect(accepted < 400)
  }

  @Test(arguments: UInt64(0)..<8)
  func `a mutated receipt never crashes and never proves another event`(seed: UInt64) {
    var chance = Generator(state: 100 + seed)
    let sound = ReceiptTests.receipt.bytes
    for _ in 0..<4000 {
      guard let receipt = try? EventReceipt(parsing: chance.mutate(sound)) else { continue }
      for (index, leaf) in Example.leaves.enumerated() {
        guard (try? receipt.check(leaf, by: Example.verifierKey)) != nil else { continue }
        #expect(index == 4 && receipt.index == 4)
      }
    }
  }

  @Test func `mutated keys and checkpoints never crash`() {
    var chance = Generator(state: 7)
    let text = Example.note.split(separator: "\n").prefix(3).map { $0 + "\n" }.joined()
    for _ in 0..<20_000 {
      let key = String(decoding: chance.mutate(Array(Example.verifier.utf8)), as: UTF8.self)
      if let read = try? VerifierKey(parsing: key) { #expect(read.description == key) }
      let words = String(decoding: chance.mutate(Array(text.utf8)), as: UTF8.self)
      if let read = try? Checkpoint(parsing: words) { #expect(read.text == words) }
    }
  }
}
