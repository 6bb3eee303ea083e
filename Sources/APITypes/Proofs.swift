/// A signed checkpoint: `GET /v1/checkpoints` lists them.
package struct CheckpointDocument: Codable, Hashable, Sendable {
  package var origin: String
  package var size: Int64
  /// In base64, as it stands in the note.
  package var root: String
  /// What was signed and the signature (C2SP signed-note), to the byte.
  package var note: String

  package init(origin: String, size: Int64, root: String, note: String) {
    self.origin = origin
    self.size = size
    self.root = root
    self.note = note
  }
}

/// Answer of `GET /v1/proofs/consistency` (RFC 6962 §2.1.2).
package struct ConsistencyDocument: Codable, Hashable, Sendable {
  package struct Head: Codable, Hashable, Sendable {
    package var size: Int64
    /// In base64.
    package var root: String

    package init(size: Int64, root: String) {
      self.size = size
      self.root = root
    }
  }

  package var from: Head
  package var to: Head
  /// Hashes in base64.
  package var proof: [String]

  package init(from: Head, to: Head, proof: [String]) {
    self.from = from
    self.to = to
    self.proof = proof
  }
}
