import Domain
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The login names of users of this machine, asked for once each: a directory service may be slow.
final class LoginNames: Sendable {
  private static let limit = 10_000
  private let known = Mutex<[UInt32: String]>([:])

  /// Nil where the machine knows no such user any more.
  subscript(uid: UInt32) -> String? {
    if let name = known.withLock({ $0[uid] }) { return name.isEmpty ? nil : name }
    let name = Self.ask(uid)
    known.withLock { known in
      if known.count >= Self.limit { known = [:] }
      known[uid] = name ?? ""
    }
    return name
  }

  private static func ask(_ uid: UInt32) -> String? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16 << 10) { buffer in
      guard getpwuid_r(uid, &entry, buffer.baseAddress!, buffer.count, &found) == 0,
        found != nil
      else { return nil }
      return String(cString: entry.pw_name)
    }
  }
}

extension LoginNames {
  /// An actor as a sentence names them: an operator by their name of now, a user by their login, or as
  /// `uid 1000` where nobody has that number.
  func name(of actor: Actor, in team: Team, _ language: Language) -> String {
    if let id = actor.operator, let known = team[id] { return known.name }
    let actor = actor.name
    if actor == "system" {
      return switch language {
      case .en: "The daemon"
      case .fr: "Le démon"
      case .pt: "O daemon"
      }
    }
    guard actor.hasPrefix("uid:"), let uid = UInt32(actor.dropFirst(4)) else { return actor }
    return self[uid] ?? "uid \(uid)"
  }
}

extension Language {
  /// - Parameter isErased: whether there is no person behind the number any more.
  func customer(_ id: Int32, _ name: String?, isErased: Bool = false) -> String {
    if isErased {
      return switch self {
      case .en: "customer \(id) (erased)"
      case .fr: "le client \(id) (effacé)"
      case .pt: "o cliente \(id) (apagado)"
      }
    }
    if let name, !name.isEmpty { return name }
    return switch self {
    case .en: "customer \(id)"
    case .fr: "le client \(id)"
    case .pt: "o cliente \(id)"
    }
  }
}
