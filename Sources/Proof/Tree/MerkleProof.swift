/// Checking proofs, exactly as standards.md gives the algorithms (RFC 9162 §2.1.3.2 and §2.1.4.2).
package enum MerkleProof {
  /// Whether `leaf` stands at `index` (from 0) in the tree of that head.
  package static func verifyInclusion(
    of leaf: TreeHash, at index: Int64, in head: TreeHead, proof: [TreeHash]
  ) -> Bool {
    guard index >= 0, index < head.size else { return false }
    var first = index
    var second = head.size - 1
    var root = leaf
    for hash in proof {
      guard second != 0 else { return false }
      if first & 1 == 1 || first == second {
        root = .node(hash, root)
        while first & 1 == 0, first != 0 {
          first >>= 1
          second >>= 1
        }
      } else {
        root = .node(root, hash)
      }
      first >>= 1
      second >>= 1
    }
    return second == 0 && root == head.root
  }

  /// Whether the tree of the newer head begins with the whole tree of the older one.
  package static func verifyConsistency(
    from older: TreeHead, to newer: TreeHead, proof: [TreeHash]
  ) -> Bool {
    if older.size == newer.size {
      // There is only one tree without leaves.
      let isTree = older.size > 0 || older.root == .empty
      return isTree && proof.isEmpty && older.root == newer.root
    }
    guard older.size > 0, older.size < newer.size, !proof.isEmpty else { return false }
    let isPerfect = older.size & (older.size - 1) == 0
    let path = isPerfect ? [older.root] + proof : proof
    var first = older.size - 1
    var second = newer.size - 1
    while first & 1 == 1 {
      first >>= 1
      second >>= 1
    }
    var oldRoot = path[0]
    var newRoot = path[0]
    for hash in path.dropFirst() {
      guard second != 0 else { return false }
      if first & 1 == 1 || first == second {
        oldRoot = .node(hash, oldRoot)
        newRoot = .node(hash, newRoot)
        while first & 1 == 0, first != 0 {
          first >>= 1
          second >>= 1
        }
      } else {
        newRoot = .node(newRoot, hash)
      }
      first >>= 1
      second >>= 1
    }
    return oldRoot == older.root && newRoot == newer.root && second == 0
  }
}
