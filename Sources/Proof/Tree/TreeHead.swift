/// The size of the log and the root of its Merkle tree: what a proof is made against.
package struct TreeHead: Hashable, Sendable {
  package let size: Int64
  package let root: TreeHash

  package init(size: Int64, root: TreeHash) {
    self.size = size
    self.root = root
  }

  package static let empty = Self(size: 0, root: .empty)
}
