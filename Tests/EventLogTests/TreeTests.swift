import Domain
import Proof
import TestSupport
import Testing

@testable import EventLog

struct TreeTests {
  /// MTH of RFC 6962 §2.1, as it stands there.
  static func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
    if leaves.isEmpty { return .empty }
    if leaves.count == 1 { return leaves[leaves.startIndex] }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    return .node(
      root(leaves.prefix(split)), root(leaves.dropFirst(split)))
  }

  /// Over a log that fills level-0 tiles, and of which the end is no tile.
  @Test func `heads and proofs of every size agree with the definition`() throws {
    let directory = try TemporaryDirectory()
    let log = try open(directory)
    var leaves: [TreeHash] = []
    var generator = SplitMix(seed: 1)
    while leaves.count < 1100 {
      let count = Int.random(in: 1...40, using: &generator)
      let appended = try log.append([draft(applications(count))])
      leaves += appended.events.map { log.leaf($0) }
      #expect(appended.head.root == Self.root(leaves[...]))
    }
    let newest = log.head
    for size in [0, 1, 2, 255, 256, 257, 511, 512, 513, 767, 1000, leaves.count] {
      let head = try log.head(atSize: Int64(size))
      #expect(head.root == Self.root(leaves[..<size]))
      guard size > 0 else { continue }
      let proof = try log.consistencyProof(from: head.size, to: newest.size)
      #expect(MerkleProof.verifyConsistency(from: head, to: newest, proof: proof))
      for seq in [1, 2, 255, 256, 257, 512, 1000, size] where seq <= size {
        let proof = try log.inclusionProof(of: Int64(seq), inSize: head.size)
        #expect(
          MerkleProof.verifyInclusion(
            of: leaves[seq - 1], at: Int64(seq) - 1, in: head, proof: proof))
        #expect(
          !MerkleProof.verifyInclusion(
            of: leaves[(seq + 7) % size], at: Int64(seq) - 1, in: head, proof: proof)
            || leaves[(seq + 7) % size] == leaves[seq - 1])
      }
    }
  }

  @Test func `whole tiles come to the same tree as their leaves one by one`() {
    let leaves = (0..<66_100).map { number in
      withUnsafeBytes(of: Int64(number)) { TreeHash(of: $0) }
    }
    var (single, whole) = (TreeFrontier(), TreeFrontier())
    var (expected, found): ([Tile], [Tile]) = ([], [])
    for leaf in leaves { single.append(leaf) { expected.append($0) } }
    var next = 0
    while next < leaves.count {
      let end = next + TreeFrontier.tileWidth
      if end <= leaves.count {
        let tile = Array(leaves[next..<end])
        whole.append(tile: tile, root: TreeFrontier.perfectRoot(tile[...])) { found.append($0) }
      } else {
        for leaf in leaves[next...] { whole.append(leaf) { found.append($0) } }
      }
      next = end
    }
    #expect(whole.size == single.size && whole.root == single.root)
    #expect(whole.partial == single.partial)
    #expect(Set(found) == Set(expected) && found.count == expected.count)
  }

  @Test func `a log opened again proves the same from its tiles`() throws {
    let directory = try TemporaryDirectory()
    let first = try open(directory)
    // More than one tile of level 1, which holds 65,536 leaves.
    let appended = try first.append([draft(applications(66_000))])
    first.close()
    let log = try Log.open(
      directory: directory.path, options: LogOptions(verifiesWholeUpTo: 10, verifiesNewest: 700))
    #expect(log.damage == nil)
    #expect(log.head == appended.head)
    for size: Int64 in [1, 256, 65_535, 65_536, 65_537, 65_999, 66_000] {
      let head = try log.head(atSize: size)
      let proof = try log.inclusionProof(of: size, inSize: 66_000)
      let leaf = log.leaf(appended.events[Int(size) - 1])
      #expect(MerkleProof.verifyInclusion(of: leaf, at: size - 1, in: log.head, proof: proof))
      let path = try log.consistencyProof(from: size, to: 66_000)
      #expect(MerkleProof.verifyConsistency(from: head, to: log.head, proof: path))
    }
    let more = try log.append([draft(applications(300), id: 2)])
    try log.verify()
    #expect(try log.head(atSize: 66_300) == more.head)
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers for the same seed.
struct SplitMix: RandomNumberGenerator {
  var seed: UInt64

  mutating func next() -> UInt64 {
    seed &+= 0x9e37_79b9_7f4a_7c15
    var z = seed
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }
}
