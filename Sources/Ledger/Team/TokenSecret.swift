import Crypto
package import Domain
import Foundation

/// A bearer token as it is shown once: 256 random bits behind a prefix by which scanners of source code
/// know that it is a secret.
package enum TokenSecret {
  package static let prefix = "tgl_"

  package static func random() -> String {
    let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
    let base64 = bytes.base64EncodedString()
    return prefix
      + base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}

extension TokenDigest {
  /// SHA-256 of a token as it is presented.
  package init(of token: String) {
    let hash = SHA256.hash(data: Data(token.utf8))
    let digits = Array("0123456789abcdef".utf8)
    let hex = hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    self.init(hex: String(decoding: hex, as: UTF8.self))!
  }
}
