internal import Domain
internal import Glibc
internal import Proof

/// The secret that checkpoints are signed with, in a file that only its owner can read.
///
/// `tagledger-signing-key 1 HEX` is a format. A systemd credential of the same text will do as well.
enum SigningKeyFile {
  private static let title = "tagledger-signing-key 1 "

  /// Reads the 32 bytes; makes a file with random ones when there is none and `mayCreate` is set.
  static func seed(path: String, mayCreate: Bool) throws(Problem) -> [UInt8] {
    if let text = try SecretFile.read(path) { return try seed(text, path) }
    guard mayCreate else {
      throw .storageFailed(
        "the signing key \(path) is missing: put it back, or go on under another name with "
          + "tagledgerd --new-origin")
    }
    let seed = SigningKey.randomSeed()
    try SecretFile.create(path, text: title + Hex.text(seed) + "\n")
    return seed
  }

  private static func seed(_ text: String, _ path: String) throws(Problem) -> [UInt8] {
    guard text.hasPrefix(title), text.hasSuffix("\n"),
      let seed = Hex.bytes(text.dropFirst(title.count).dropLast()), seed.count == 32
    else { throw .storageFailed("the signing key \(path) does not read") }
    return seed
  }
}
