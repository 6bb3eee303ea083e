/// One thing an operator can set: by flag, by environment, in the file, in this order of precedence.
///
/// The keys are formats: they stand in configuration files and unit files.
struct Setting: Sendable {
  enum Kind: Sendable {
    case text
    case number(ClosedRange<Int>)
  }

  /// The key in the file, dotted where the file nests.
  let key: String
  let kind: Kind
  /// What `--help` says; it names the default.
  let help: String

  /// `--socket-path` for `socket.path`.
  var flag: String { "--" + key.replacing(".", with: "-") }

  /// `TAGLEDGER_SOCKET_PATH` for `socket.path`.
  var variable: String {
    "TAGLEDGER_"
      + key.uppercased().replacing(".", with: "_").replacing("-", with: "_")
  }
}

extension Setting {
  static let dataDirectory = Setting(
    key: "data.directory", kind: .text,
    help: "where the log, its keys and the views are kept (./var)")
  static let socketPath = Setting(
    key: "socket.path", kind: .text,
    help: "where to listen ($XDG_RUNTIME_DIR/tagledger.sock, else ./var/tagledger.sock)")
  static let socketMode = Setting(
    key: "socket.mode", kind: .text,
    help: "who may connect, as octal file mode (0660)")
  static let socketGroup = Setting(
    key: "socket.group", kind: .text,
    help: "the group the socket belongs to (that of the daemon)")
  static let founderUID = Setting(
    key: "founder.uid", kind: .number(0...Int(UInt32.max) - 1),
    help: "who may do everything besides root (the user who first starts the daemon)")
  static let logLevel = Setting(
    key: "log.level", kind: .text,
    help: "trace, debug, info, notice, warning, error or critical (info)")
  static let logFormat = Setting(
    key: "log.format", kind: .text,
    help: "text or json (text on a terminal, JSON lines otherwise)")
  static let tagNameLimit = Setting(
    key: "tags.name-limit", kind: .number(1...200),
    help: "how many characters a tag's name may have (20)")
  static let bulkLimit = Setting(
    key: "bulk.limit", kind: .number(1...1_000_000),
    help: "how many customers one command may change; beyond, it is a job (100000)")
  static let changesPageLimit = Setting(
    key: "changes.page-limit", kind: .number(1...100_000),
    help: "how many items a page of a list may hold (1000)")
  static let origin = Setting(
    key: "origin", kind: .text,
    help: "the log's name in proofs and events; set once, at the first start (a random one)")
  static let graceSeconds = Setting(
    key: "shutdown.grace-seconds", kind: .number(0...3600),
    help: "how long requests in flight may take to finish at a stop (10)")

  /// All of them, in the order `--help` lists them.
  static let all = [
    dataDirectory, socketPath, socketMode, socketGroup, founderUID, origin,
    tagNameLimit, bulkLimit, changesPageLimit, logLevel, logFormat, graceSeconds,
  ]
}
