internal import Crypto
internal import Foundation

/// The public half of a signing key, by which others check notes (C2SP signed-note, Ed25519).
///
/// Its text, `name+hex(key id)+base64(01 ‖ public key)`, is a format.
package struct VerifierKey: Hashable, Sendable {
  package let name: String
  package let publicKey: [UInt8]

  /// The first four bytes of SHA-256(name ‖ 0A ‖ 01 ‖ public key).
  package let id: UInt32

  private static let ed25519: UInt8 = 1

  /// Takes 32 bytes of a public key; nil for another length, or a name that no key may have.
  package init?(name: String, publicKey: [UInt8]) {
    guard SignedNote.isKeyName(name), publicKey.count == 32 else { return nil }
    self.name = name
    self.publicKey = publicKey
    let hash = SHA256.hash(data: Array(name.utf8) + [0x0a, Self.ed25519] + publicKey)
    id = hash.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
  }

  package init(parsing text: some StringProtocol) throws(ProofFault) {
    // The base64 may hold a plus itself, so the first two separate.
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Base64Text.decode(parts[2]), bytes.count == 33,
      bytes[0] == Self.ed25519,
      let key = Self(name: String(parts[0]), publicKey: Array(bytes[1...])), parts[1] == key.hexID
    else { throw .malformed(.key, "not name+id+key of an Ed25519 key") }
    self = key
  }

  /// The key id in eight hexadecimal digits.
  package var hexID: String {
    withUnsafeBytes(of: id.bigEndian) { Hex.text($0) }
  }

  /// Whether the text has been signed by this key.
  package func verifies(_ signature: [UInt8], of text: String) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
      return false
    }
    return key.isValidSignature(signature, for: Data(text.utf8))
  }
}

extension VerifierKey: CustomStringConvertible {
  package var description: String {
    "\(name)+\(hexID)+\(Base64Text.encode([Self.ed25519] + publicKey))"
  }
}

/// An Ed25519 key under the name by which its signatures are known.
package struct SigningKey: Sendable {
  package let verifier: VerifierKey
  private let secret: Curve25519.Signing.PrivateKey

  /// Takes the 32 bytes of a secret key; nil for another length, or a name that no key may have.
  package init?(name: String, seed: [UInt8]) {
    guard let secret = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
      let verifier = VerifierKey(name: name, publicKey: Array(secret.publicKey.rawRepresentation))
    else { return nil }
    self.secret = secret
    self.verifier = verifier
  }

  /// 32 random bytes to make a key of.
  package static func randomSeed() -> [UInt8] {
    Array(Curve25519.Signing.PrivateKey().rawRepresentation)
  }

  /// The same key under another name; nil for a name that no key may have.
  package func renamed(_ name: String) -> Self? {
    Self(name: name, seed: Array(secret.rawRepresentation))
  }

  /// Signs a text that ends with a newline.
  package func sign(_ text: String) -> SignedNote {
    do {
      let bytes = try secret.signature(for: Data(text.utf8))
      return SignedNote(
        text: text,
        signatures: [
          SignedNote.Signature(name: verifier.name, keyID: verifier.id, bytes: Array(bytes))
        ])
    } catch {
      preconditionFailure("Ed25519 signs any text: \(error)")
    }
  }
}

extension SignedNote {
  /// Throws unless a trusted key has signed the text; signatures by others are passed over.
  ///
  /// A wrong signature in the name of a trusted key makes the whole note refused.
  package func verify(_ trusted: [VerifierKey]) throws(ProofFault) {
    var isSigned = false
    for signature in signatures {
      for key in trusted where key.name == signature.name && key.id == signature.keyID {
        guard key.verifies(signature.bytes, of: text) else {
          throw .signatureWrong(name: key.name)
        }
        isSigned = true
      }
    }
    guard isSigned else { throw .keyUnknown(name: signatures.first?.name ?? "") }
  }
}
