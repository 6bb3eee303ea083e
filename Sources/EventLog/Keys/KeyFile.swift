internal import Crypto
internal import Domain
internal import Proof

/// The key-encryption keys, in a file that only its owner can read: one line per epoch, the newest last.
///
/// `tagledger-kek 1 EPOCH HEX` is a format. A systemd credential of the same text will do as well.
struct KeyFile {
  private let keys: [Int64: SymmetricKey]
  /// The epoch under which new keys are wrapped.
  let epoch: Int64

  /// Reads the file; makes it with a random key when there is none and `mayCreate` is set.
  init(path: String, mayCreate: Bool) throws(Problem) {
    var text = try SecretFile.read(path)
    if text == nil, mayCreate {
      let key = SymmetricKey(size: .bits256).withUnsafeBytes { Hex.text($0) }
      try SecretFile.create(path, text: "tagledger-kek 1 1 \(key)\n")
      text = try SecretFile.read(path)
    }
    guard let text else {
      throw .storageFailed("the key file \(path) is missing; without it no personal field opens")
    }
    var keys: [Int64: SymmetricKey] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 4, parts[0] == "tagledger-kek", parts[1] == "1",
        let epoch = Int64(parts[2]), let bytes = Hex.bytes(parts[3]), bytes.count == 32
      else { throw .storageFailed("the key file \(path) is not one: a line does not read") }
      keys[epoch] = SymmetricKey(data: bytes)
    }
    guard let epoch = keys.keys.max() else {
      throw .storageFailed("the key file \(path) is empty")
    }
    self.keys = keys
    self.epoch = epoch
  }

  /// The key-encryption key of an epoch.
  func key(_ epoch: Int64) throws(Problem) -> SymmetricKey {
    guard let key = keys[epoch] else {
      throw .storageFailed("the key file lacks the key of epoch \(epoch)")
    }
    return key
  }

  /// The key-encryption keys of all epochs.
  var all: [SymmetricKey] { Array(keys.values) }
}
