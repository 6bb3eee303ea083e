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
    help: "the first owner besides root (the user who first starts the daemon)")
  static let proxyUIDs = Setting(
    key: "proxy.uids", kind: .text,
    help: "users who may say for whom they call, by uid with spaces between (nobody)")
  static let timeZone = Setting(
    key: "shop.time-zone", kind: .text,
    help: "where routines fall due that name no time zone (that of this machine)")
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
  static let keyFile = Setting(
    key: "keys.file", kind: .text,
    help: """
      where the key-encryption key lies (the systemd credential "key", else key in the data directory)
      """)
  static let signingKeyFile = Setting(
    key: "signing.key-file", kind: .text,
    help: """
      where the secret for signing checkpoints lies (the systemd credential "signing.key", else
            signing.key in the data directory)
      """)
  static let checkpointCopy = Setting(
    key: "checkpoint.copy", kind: .text,
    help: "a second place for checkpoints: a file elsewhere, or journal (none)")
  static let scrubInterval = Setting(
    key: "scrub.interval-seconds", kind: .number(1...86_400),
    help: "how long to rest between two looks through the whole log (3600)")
  static let graceSeconds = Setting(
    key: "shutdown.grace-seconds", kind: .number(0...3600),
    help: "how long requests in flight may take to finish at a stop (10)")

  static let requestRate = Setting(
    key: "requests.per-second", kind: .number(0...1_000_000),
    help: "requests a second from one caller; root and the founder are free; 0 for no limit (200)")
  static let requestBurst = Setting(
    key: "requests.burst", kind: .number(1...1_000_000),
    help: "requests at once from one caller after a quiet time (1000)")
  static let connections = Setting(
    key: "requests.connections-per-user", kind: .number(0...60_000),
    help: "connections that one user may have open; 0 for no limit (256)")
  static let headSeconds = Setting(
    key: "requests.head-seconds", kind: .number(0...3600),
    help: "how long the head of a request may take to come; 0 for ever (10)")
  static let bodySeconds = Setting(
    key: "requests.body-seconds", kind: .number(0...3600),
    help: "how long hardly anything of a body may come; 0 for ever (30)")
  static let answerSeconds = Setting(
    key: "requests.answer-seconds", kind: .number(0...86_400),
    help: "how long an answer may take to begin; 0 for ever (60)")
  static let bodyLimit = Setting(
    key: "requests.body-limit", kind: .number(1024...1 << 30),
    help: "bytes in a body of JSON (1048576)")
  static let bulkBodyLimit = Setting(
    key: "requests.bulk-body-limit", kind: .number(1024...1 << 30),
    help: "bytes in a body that lists customers (8388608)")
  static let uploadLimit = Setting(
    key: "requests.upload-limit", kind: .number(1024...1 << 50),
    help: "bytes in a spreadsheet that comes in (4294967296)")
  static let rememberedHours = Setting(
    key: "requests.remembered-hours", kind: .number(24...8760),
    help: "how long a request with an Idempotency-Key is known again (48)")

  static let webhookAttempts = Setting(
    key: "webhooks.attempts", kind: .number(1...100),
    help: "tries after which a message to a webhook is a dead letter (10)")
  static let webhookTimeout = Setting(
    key: "webhooks.timeout-seconds", kind: .number(1...600),
    help: "how long one try may take (10)")

  /// All of them, in the order `--help` lists them.
  static let all = [
    dataDirectory, socketPath, socketMode, socketGroup, founderUID, proxyUIDs,
    origin,
    keyFile, signingKeyFile, checkpointCopy, scrubInterval,
    timeZone, tagNameLimit, bulkLimit, changesPageLimit, logLevel, logFormat, graceSeconds,
    requestRate, requestBurst, connections, headSeconds, bodySeconds, answerSeconds, bodyLimit,
    bulkBodyLimit, uploadLimit, rememberedHours, webhookAttempts, webhookTimeout,
  ]
}
