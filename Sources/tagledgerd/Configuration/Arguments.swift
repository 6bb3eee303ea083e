/// The command line, checked word by word, since a mistyped flag must not be passed over.
struct Arguments: Equatable, Sendable {
  enum Act: Equatable, Sendable {
    case serve
    case help
    case version
    case printConfiguration
    case restore(RestoreFlags)
    case newOrigin
  }

  var act = Act.serve
  var welcome = false
  var configPath: String?
  /// The flags that are settings, as `--key value`, with the program's name first.
  var settings: [String]

  init(_ words: [String]) throws(StartFailure) {
    settings = [words.first ?? "tagledgerd"]
    var seen = Set<String>()
    var rest = words.dropFirst()
    if rest.first == "restore" {
      rest.removeFirst()
      act = .restore(try RestoreFlags(taking: &rest))
    }
    while let word = rest.popFirst() {
      switch word {
      case "--help", "-h": act = .help
      case "--version": act = .version
      case "--print-config": act = .printConfiguration
      case "--new-origin": act = .newOrigin
      case "--welcome": welcome = true
      default:
        let (flag, value) = try Self.pair(word, &rest)
        guard seen.insert(flag).inserted else { throw .usage("\(flag) is given twice") }
        if flag == "--config" {
          configPath = value
        } else {
          settings += ["\(flag)=\(value)"]
        }
      }
    }
  }

  /// Reads `--flag value` or `--flag=value`.
  private static func pair(
    _ word: String, _ rest: inout ArraySlice<String>
  ) throws(StartFailure) -> (flag: String, value: String) {
    guard word.hasPrefix("--") else {
      throw .usage("“\(word)” is not a flag; see tagledgerd --help")
    }
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let flag = String(parts[0])
    guard flag == "--config" || Setting.all.contains(where: { $0.flag == flag }) else {
      throw .usage("\(flag) is not known; see tagledgerd --help")
    }
    if parts.count == 2 { return (flag, String(parts[1])) }
    guard let value = rest.popFirst(), !value.hasPrefix("--") else {
      throw .usage("\(flag) needs a value")
    }
    return (flag, value)
  }

  static var help: String {
    var lines = [
      "tagledgerd: keeps a team's customer tags and never forgets how they came to be.",
      "",
      "USAGE: tagledgerd [--config FILE] [settings…]",
      "",
      "  --config FILE       read settings from a JSON file",
      "  --print-config      show every setting as it would be, and stop",
      "  --new-origin        after restoring an older copy: let the log go on as it is, under another",
      "                      name that cites what had been signed, and stop",
      "  --welcome           when ready, say what to try next",
      "  --version, --help",
      "",
      "tagledgerd restore --from DIR brings a backup back; see below.",
      "",
      "SETTINGS: a flag goes before the environment, the environment before the file.",
      "",
    ]
    for setting in Setting.all {
      lines.append("  \(setting.flag), \(setting.variable), file: \(setting.key)")
      lines.append("      \(setting.help)")
    }
    lines.append("")
    lines += RestoreFlags.help
    return lines.joined(separator: "\n")
  }
}
