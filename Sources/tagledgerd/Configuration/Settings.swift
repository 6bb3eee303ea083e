import API
import Logging
import Webhooks

/// What the daemon was told, read once at the start and checked whole.
struct Settings: Equatable, Sendable {
  enum LogFormat: String, CaseIterable, Sendable {
    case text
    case json
  }

  var dataDirectory: String
  var socketPath: String
  var socketMode: UInt32
  var socketGroup: String?
  var founderUID: UInt32?
  var proxyUIDs: Set<UInt32> = []
  var origin: String?
  var keyFile: String?
  var signingKeyFile: String?
  /// A path, or `journal`.
  var checkpointCopy: String?
  var scrubIntervalSeconds: Int
  /// Nil for that of this machine.
  var timeZone: String?
  var tagNameLimit: Int
  var bulkLimit: Int
  var changesPageLimit: Int
  var logLevel: Logger.Level
  /// Nil when it depends on whether a terminal is there.
  var logFormat: LogFormat?
  var graceSeconds: Int
  var requests: RequestLimits
  /// How long a request with an `Idempotency-Key` is known again.
  var rememberedHours: Int
  var courier: CourierSettings
}

/// Why the daemon does not start, and the exit code a script or systemd can tell it by.
struct StartFailure: Error, Equatable, Sendable {
  /// The numbers of `sysexits.h`; formats.
  enum Code: Int32, Sendable {
    case usage = 64
    case unavailable = 69
    case software = 70
    case io = 74
    case inUse = 75
    case configuration = 78
  }

  let code: Code
  let message: String

  static func usage(_ message: String) -> Self { Self(code: .usage, message: message) }
  static func configuration(_ message: String) -> Self {
    Self(code: .configuration, message: message)
  }
  static func inUse(_ message: String) -> Self { Self(code: .inUse, message: message) }
  static func io(_ message: String) -> Self { Self(code: .io, message: message) }
}
