import Domain
import EventLog
import Ledger

/// What `tagledgerd restore` is told besides settings.
struct RestoreFlags: Equatable, Sendable {
  enum NewOrigin: Equatable, Sendable {
    case none
    case random
    case named(String)
  }

  var from: String
  var keys: String?
  var replaces = false
  var erasures: [String] = []
  var newOrigin = NewOrigin.none

  /// Takes its flags out of the words and leaves the others.
  init(taking words: inout ArraySlice<String>) throws(StartFailure) {
    var from: String?
    var left: [String] = []
    var rest = words
    from = nil
    while let word = rest.popFirst() {
      switch word {
      case "--from": from = try Self.value(of: word, &rest)
      case "--keys": keys = try Self.value(of: word, &rest)
      case "--erasures": erasures.append(try Self.value(of: word, &rest))
      case "--replace": replaces = true
      case "--new-origin": newOrigin = .random
      default:
        if word.hasPrefix("--new-origin=") {
          newOrigin = .named(String(word.dropFirst("--new-origin=".count)))
        } else {
          left.append(word)
        }
      }
    }
    guard let from else { throw .usage("restore needs --from DIRECTORY, a backup") }
    self.from = from
    words = left[...]
  }

  /// What that means for opening the ledger.
  var continuing: Continuing {
    switch newOrigin {
    case .none: .asSigned
    case .random: .underNewOrigin(nil, at: Timestamp.wallClock())
    case .named(let name): .underNewOrigin(name, at: Timestamp.wallClock())
    }
  }

  private static func value(
    of flag: String, _ rest: inout ArraySlice<String>
  ) throws(StartFailure) -> String {
    guard let value = rest.popFirst(), !value.hasPrefix("--") else {
      throw .usage("\(flag) needs a value")
    }
    return value
  }

  static let help = [
    "RESTORE: tagledgerd restore --from DIR [settings…], while no daemon runs.",
    "",
    "  --from DIR          a backup, as `tagledger backup` has written it",
    "  --keys DIR          its keys, where they were kept apart",
    "  --replace           put the ledger that is there aside, under a dated name",
    "  --new-origin[=NAME] go on under another name, where the ledger there had signed more",
    "  --erasures FILE     a list of erasures kept elsewhere; may be repeated",
    "",
    "  Verifies the backup, puts it in place, and erases anew who was erased since.",
    "",
  ]
}
