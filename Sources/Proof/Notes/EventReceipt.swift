/// Proves with nothing but a verifier key that an event stands in a signed log (C2SP tlog-proof).
package struct EventReceipt: Hashable, Sendable {
  /// The place of the event, counted from 0: one less than its `seq`.
  package let index: Int64
  /// From the leaf's neighbour up to below the root.
  package let proof: [TreeHash]
  /// The signed checkpoint.
  package let note: SignedNote

  private static let title = "c2sp.org/tlog-proof@v1"
  /// A tree of 2^63 leaves has no longer proof.
  private static let proofLimit = 64

  package init(index: Int64, proof: [TreeHash], note: SignedNote) {
    self.index = index
    self.proof = proof
    self.note = note
  }

  /// Reads a receipt. Extra data, which nothing vouches for, is passed over.
  package init(parsing bytes: some Collection<UInt8>) throws(ProofFault) {
    guard bytes.count <= 2 * SignedNote.byteLimit else {
      throw .malformed(.receipt, "larger than \(2 * SignedNote.byteLimit) bytes")
    }
    var rest = Array(bytes)[...]
    func line() throws(ProofFault) -> String {
      guard let end = rest.firstIndex(of: 0x0a),
        let text = String(validating: rest[..<end], as: UTF8.self)
      else { throw .malformed(.receipt, "cut short, or not UTF-8") }
      rest = rest[(end + 1)...]
      return text
    }
    guard try line() == Self.title else { throw .malformed(.receipt, "not “\(Self.title)”") }
    var next = try line()
    if next.hasPrefix("extra ") {
      guard Base64Text.decode(next.dropFirst(6)) != nil else {
        throw .malformed(.receipt, "extra data that is no base64")
      }
      next = try line()
    }
    guard next.hasPrefix("index "), let index = DecimalText.decode(next.dropFirst(6)) else {
      throw .malformed(.receipt, "no index")
    }
    var proof: [TreeHash] = []
    while true {
      let text = try line()
      if text.isEmpty { break }
      guard let hash = TreeHash(base64: text), proof.count < Self.proofLimit else {
        throw .malformed(.receipt, "a proof that is none")
      }
      proof.append(hash)
    }
    self.init(index: index, proof: proof, note: try SignedNote(parsing: rest))
  }

  package var bytes: [UInt8] {
    let lines = [Self.title, "index \(index)"] + proof.map(\.base64) + [""]
    return Array(lines.map { $0 + "\n" }.joined().utf8) + note.bytes
  }

  /// Checks the signature, and that the event with this public form stands where the receipt says.
  ///
  /// - Returns: The checkpoint that the key has signed.
  package func check(
    _ event: [UInt8], by key: VerifierKey
  ) throws(ProofFault) -> Checkpoint {
    try note.verify([key])
    let checkpoint = try Checkpoint(parsing: note.text)
    guard checkpoint.origin == key.name else {
      throw .originDiffers(found: checkpoint.origin, expected: key.name)
    }
    guard
      MerkleProof.verifyInclusion(
        of: .leaf(event), at: index, in: checkpoint.head, proof: proof)
    else { throw .notIncluded(index: index, size: checkpoint.head.size) }
    return checkpoint
  }
}
