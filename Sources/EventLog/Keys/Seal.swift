internal import Crypto
internal import Domain
internal import Proof

/// AES-256-GCM over one personal field, bound to where it stands (standards.md, "Sealed fields").
enum Seal {
  /// What a ciphertext belongs to; it opens nowhere else.
  struct Binding {
    let origin: String
    let type: EventType
    let field: PersonalField
    let customer: CustomerID

    /// The additional authenticated data: one line each. An origin has no line breaks. A format.
    var bytes: [UInt8] {
      Array("\(origin)\n\(type.name)\n\(field.rawValue)\n\(customer.rawValue)".utf8)
    }
  }

  /// Returns nonce ‖ ciphertext ‖ tag, with a random nonce.
  static func seal(_ text: String, _ binding: Binding, key: SymmetricKey) -> [UInt8] {
    seal(Array(text.utf8), binding.bytes, key: key)
  }

  /// Returns nil when the box was not made by this key for this binding.
  static func open(_ box: [UInt8], _ binding: Binding, key: SymmetricKey) -> String? {
    open(box, binding.bytes, key: key).map { String(decoding: $0, as: UTF8.self) }
  }

  static func key(_ bytes: [UInt8]) -> SymmetricKey { SymmetricKey(data: bytes) }

  static func seal(_ plain: [UInt8], _ binding: [UInt8], key: SymmetricKey) -> [UInt8] {
    do {
      // There is a combined form wherever the nonce is of its usual length, as here.
      return Array(try AES.GCM.seal(plain, using: key, authenticating: binding).combined!)
    } catch {
      preconditionFailure("AES-GCM refuses only keys of a wrong size: \(error)")
    }
  }

  static func open(_ box: [UInt8], _ binding: [UInt8], key: SymmetricKey) -> [UInt8]? {
    guard let sealed = try? AES.GCM.SealedBox(combined: box),
      let plain = try? AES.GCM.open(sealed, using: key, authenticating: binding)
    else { return nil }
    return Array(plain)
  }

  /// What the event holds of a box.
  static func digest(_ box: [UInt8]) -> String {
    box.withUnsafeBytes { TreeHash(of: $0) }.hex
  }
}
