import Foundation
import Proof
import TestSupport
import Testing

/// The proofs of transparency-dev/merkle, good and bad.
@Suite(.enabled(if: Vectors.has("merkle-rfc6962"), "shared data is not there"))
struct MerkleVectorTests {
  struct Inclusion: Decodable {
    let leafIdx: UInt64
    let treeSize: UInt64
    let root: Data?
    let leafHash: Data?
    let proof: [Data]?
    let wantErr: Bool
  }

  struct Consistency: Decodable {
    let size1: UInt64
    let size2: UInt64
    let root1: Data?
    let root2: Data?
    let proof: [Data]?
    let wantErr: Bool
  }

  @Test func `inclusion proofs are accepted and refused as the vectors say`() throws {
    let files = try vectors("inclusion")
    #expect(files.count == 98)
    for file in files {
      let vector = try JSONDecoder().decode(Inclusion.self, from: Data(contentsOf: file))
      #expect(verify(vector) == !vector.wantErr, "\(file.path)")
    }
  }

  @Test func `consistency proofs are accepted and refused as the vectors say`() throws {
    let files = try vectors("consistency")
    #expect(files.count == 98)
    for file in files {
      let vector = try JSONDecoder().decode(Consistency.self, from: Data(contentsOf: file))
      #expect(verify(vector) == !vector.wantErr, "\(file.path)")
    }
  }

  private func verify(_ vector: Inclusion) -> Bool {
    guard let index = Int64(exactly: vector.leafIdx), let size = Int64(exactly: vector.treeSize),
      vector.leafHash?.isEmpty == false, vector.root?.isEmpty == false
    else { return false }
    return MerkleProof.verifyInclusion(
      of: hash(vector.leafHash), at: index, in: TreeHead(size: size, root: hash(vector.root)),
      proof: (vector.proof ?? []).map(hash))
  }

  private func verify(_ vector: Consistency) -> Bool {
    guard let size1 = Int64(exactly: vector.size1), let size2 = Int64(exactly: vector.size2)
    else { return false }
    return MerkleProof.verifyConsistency(
      from: TreeHead(size: size1, root: hash(vector.root1)),
      to: TreeHead(size: size2, root: hash(vector.root2)), proof: (vector.proof ?? []).map(hash))
  }

  /// Some vectors hold words ("don't care 1") in the place of a hash. A `TreeHash` cannot, so they are
  /// stood for by their own hash: equal where the words are, and no hash of any tree.
  private func hash(_ data: Data?) -> TreeHash {
    TreeHash(data ?? Data()) ?? .leaf(Array(data ?? Data()))
  }

  private func vectors(_ folder: String) throws -> [URL] {
    let root = Vectors.directory.appendingPathComponent("merkle-rfc6962").appendingPathComponent(
      folder)
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "json" }
  }
}
