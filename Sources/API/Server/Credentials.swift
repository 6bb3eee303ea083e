import Domain
import HTTPTypes
import Ledger

extension HTTPField.Name {
  /// For whom a trusted proxy calls.
  static let assertedOperator = Self("Tagledger-Operator")!
}

extension Peer {
  /// How whoever sends these headers over this connection is known.
  ///
  /// A credential that is sent has to hold: nobody falls back to being who they are without it.
  func caller(_ headers: HTTPFields) throws -> Caller {
    let tokens = headers[values: .authorization]
    let subjects = headers[values: .assertedOperator]
    switch (tokens.count, subjects.count) {
    case (0, 0): return .local(uid: uid)
    case (1, 0): return .token(try Self.bearer(tokens[0]), uid: uid)
    case (0, 1): return .asserted(subjects[0].trimmingSpaces(), proxy: uid)
    default:
      // Two answers to who is calling are none.
      throw Problem.credentialRefused(.malformed)
    }
  }

  /// RFC 6750 §2.1; the scheme's name in any case.
  private static func bearer(_ header: String) throws(Problem) -> TokenDigest {
    let parts = header.split(separator: " ", omittingEmptySubsequences: true)
    guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 512 else {
      throw .credentialRefused(.malformed)
    }
    return TokenDigest(of: String(parts[1]))
  }
}
