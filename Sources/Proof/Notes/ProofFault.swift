/// Why a note, a checkpoint, a key or a receipt proves nothing.
package enum ProofFault: Error, Hashable, Sendable {
  /// It is not written as its format says.
  case malformed(Part, String)
  /// None of the signatures is by a key that is trusted.
  case keyUnknown(name: String)
  /// A signature in the name of a trusted key is not by it.
  case signatureWrong(name: String)
  /// The checkpoint is another log's.
  case originDiffers(found: String, expected: String)
  /// The hashes do not lead from the event to the signed root.
  case notIncluded(index: Int64, size: Int64)

  /// What was read.
  package enum Part: String, Sendable {
    case note
    case checkpoint
    case key
    case receipt
  }
}
