import Foundation
import Ledger
import ServiceLifecycle

/// What systemd wants to hear, `sd_notify(3)`, said without its library.
struct ServiceManager: Sendable {
  let socket: String?
  /// How often it must hear from us before it takes us for dead.
  let watchdog: Duration?

  init(_ environment: [String: String]) {
    socket = environment["NOTIFY_SOCKET"]
    let forUs = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
    let period = forUs ? environment["WATCHDOG_USEC"].flatMap(Int64.init) : nil
    watchdog = period.map { .microseconds($0) }
  }

  func say(_ message: String) {
    guard let socket, var address = try? UnixAddress(socket) else { return }
    _ = address.send(message)
  }
}

/// Tells the service manager that the ledger's writer gets on, and that we stop.
struct Heartbeat: Service {
  let manager: ServiceManager
  let ledger: Ledger

  func run() async throws {
    let pulse = Task {
      guard let watchdog = manager.watchdog else { return }
      var seen = -1
      while !Task.isCancelled {
        // Half the time, as `sd_watchdog_enabled(3)` advises.
        try await Task.sleep(for: watchdog / 2)
        let progress = ledger.progress
        if !progress.isBusy || progress.groups != seen { manager.say("WATCHDOG=1") }
        seen = progress.groups
      }
    }
    try? await gracefulShutdown()
    manager.say("STOPPING=1")
    pulse.cancel()
  }
}
