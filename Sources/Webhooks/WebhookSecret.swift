import Crypto
import Domain
import Foundation

/// What a webhook and its receiver share; the signature of each message is made with it.
///
/// As https://www.standardwebhooks.com says: `whsec_` and the base64 of the key in text, the signature
/// an HMAC-SHA-256 over `id.timestamp.body`.
package struct WebhookSecret: Hashable, Sendable {
  private let bytes: [UInt8]

  private static let prefix = "whsec_"

  package init() {
    bytes = (0..<32).map { _ in UInt8.random(in: 0...255) }
  }

  /// Reads a secret in its text form; nil where it is none.
  package init?(_ text: String) {
    guard text.hasPrefix(Self.prefix),
      let data = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))), data.count >= 24
    else { return nil }
    bytes = Array(data)
  }

  package var text: String {
    Self.prefix + Data(bytes).base64EncodedString()
  }

  /// For the header `webhook-signature`.
  package func signature(id: String, seconds: Int64, body: [UInt8]) -> String {
    let code = HMAC<SHA256>.authenticationCode(
      for: Array("\(id).\(seconds).".utf8) + body, using: SymmetricKey(data: bytes))
    return "v1," + Data(code).base64EncodedString()
  }
}
