import Glibc

/// What to measure, and how large.
struct Options {
  enum Work: String, CaseIterable {
    case commands
    case single
    case authorising
    case bulk
    case orders
    case merge
    case rebuild
    case pages
    case past
    case start
    case filters
    case sealing
    case receipts
    case verify
    case rules
    case scoring
  }

  var works = Set(Work.allCases)
  var daemon = ""
  /// Where the large ledgers are kept for the next run; nil makes ones that are removed again.
  var keep: String?
  /// Customers and memberships of the ledger that is started.
  var customers = 1_000_000
  var memberships = 8_000_000
  /// Events of the log that is rebuilt and read by pages: eight of nine are about tags.
  var events = 5_625_000
  /// Events of the log of which receipts are made and that is verified.
  var proved = 10_000_000
  /// How often each figure that varies is taken; the median counts.
  var rounds = 3

  static let help = """
    bench [--only WORK,…] [--customers N] [--memberships N] [--events N] [--proved N]
          [--rounds N] [--keep DIRECTORY]
    WORK: \(Work.allCases.map(\.rawValue).joined(separator: ", "))
    --customers and --memberships size the ledger for start, --events the one for rebuild and pages,
    --proved the one for receipts and verify; with --keep they stay in DIRECTORY and are used again by the next run of the same sizes.
    """

  /// Reads the command line; ends the program where it is wrong.
  init(_ words: [String]) {
    var rest = words.dropFirst()
    while let word = rest.popFirst() {
      if word == "--help" { Self.end(Self.help, code: 0) }
      guard let value = rest.popFirst() else { Self.end("\(word) needs a value", code: 64) }
      switch word {
      case "--daemon": daemon = value
      case "--keep": keep = value
      case "--only":
        works = Set(
          value.split(separator: ",").map { name in
            guard let work = Work(rawValue: String(name)) else {
              Self.end("“\(name)” is no work\n\(Self.help)", code: 64)
            }
            return work
          })
      case "--customers": customers = Self.number(value)
      case "--memberships": memberships = Self.number(value)
      case "--proved": proved = Self.number(value)
      case "--events": events = Self.number(value)
      case "--rounds": rounds = Self.number(value)
      default: Self.end("“\(word)” is not known\n\(Self.help)", code: 64)
      }
    }
  }

  private static func number(_ text: String) -> Int {
    guard let number = Int(text), number > 0 else { end("“\(text)” is no size", code: 64) }
    return number
  }

  private static func end(_ text: String, code: Int32) -> Never {
    print(text)
    exit(code)
  }
}
