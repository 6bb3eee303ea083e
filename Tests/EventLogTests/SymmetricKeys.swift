import Crypto

enum SymmetricKeys {
  static let first = SymmetricKey(size: .bits256)
  static let second = SymmetricKey(size: .bits256)
}
