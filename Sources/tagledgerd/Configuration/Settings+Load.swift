import API
import Configuration
import Foundation
import Logging
import Webhooks

extension Settings {
  /// Reads and checks all settings: flags before `TAGLEDGER_*` before the file before defaults.
  static func load(
    _ arguments: Arguments, environment: [String: String]
  ) async throws(StartFailure) -> Settings {
    try refuseUnknown(environment)
    var providers: [any ConfigProvider] = [
      CommandLineArgumentsProvider(arguments: arguments.settings),
      EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "tagledger"),
    ]
    if let path = arguments.configPath ?? environment[configVariable] {
      providers.append(try await file(path))
    }
    let source = Source(reader: ConfigReader(providers: providers))

    return Settings(
      dataDirectory: DataDirectory.full(try await source.text(.dataDirectory) ?? "./var"),
      socketPath: try await source.text(.socketPath) ?? defaultSocket(environment),
      socketMode: try await socketMode(source),
      socketGroup: try await source.text(.socketGroup),
      founderUID: try await source.number(.founderUID).map(UInt32.init),
      proxyUIDs: try await proxyUIDs(source),
      origin: try await source.text(.origin),
      keyFile: try await source.text(.keyFile) ?? credential("key", environment),
      signingKeyFile: try await source.text(.signingKeyFile)
        ?? credential("signing.key", environment),
      checkpointCopy: try await source.text(.checkpointCopy),
      scrubIntervalSeconds: try await source.number(.scrubInterval) ?? 3600,
      timeZone: try await timeZone(source),
      tagNameLimit: try await source.number(.tagNameLimit) ?? 20,
      bulkLimit: try await source.number(.bulkLimit) ?? 100_000,
      changesPageLimit: try await source.number(.changesPageLimit) ?? 1000,
      logLevel: try await source.choice(.logLevel, Logger.Level.self) ?? .info,
      logFormat: try await source.choice(.logFormat, LogFormat.self),
      graceSeconds: try await source.number(.graceSeconds) ?? 10,
      requests: try await requestLimits(source),
      rememberedHours: try await source.number(.rememberedHours) ?? 48,
      courier: try await courier(source))
  }

  private static func timeZone(_ source: Source) async throws(StartFailure) -> String? {
    guard let name = try await source.text(.timeZone) else { return nil }
    guard TimeZone(identifier: name) != nil else {
      throw .configuration("shop.time-zone “\(name)” is no time zone; such as America/Sao_Paulo")
    }
    return name
  }

  private static func courier(_ source: Source) async throws(StartFailure) -> CourierSettings {
    var settings = CourierSettings()
    settings.attempts = try await source.number(.webhookAttempts) ?? settings.attempts
    if let seconds = try await source.number(.webhookTimeout) {
      settings.patience = .seconds(seconds)
    }
    return settings
  }

  private static let requestSettings:
    [(Setting, any WritableKeyPath<RequestLimits, Int> & Sendable)] =
      [
        (.requestRate, \.perSecond), (.requestBurst, \.burst),
        (.connections, \.connectionsPerUser), (.headSeconds, \.headSeconds),
        (.bodySeconds, \.bodySeconds), (.answerSeconds, \.answerSeconds),
        (.bodyLimit, \.bodyBytes), (.bulkBodyLimit, \.bulkBytes), (.uploadLimit, \.uploadBytes),
      ]

  private static func requestLimits(_ source: Source) async throws(StartFailure) -> RequestLimits {
    var limits = RequestLimits()
    for (setting, place) in requestSettings {
      if let value = try await source.number(setting) { limits[keyPath: place] = value }
    }
    return limits
  }

  /// Every setting and its value, as the file could say it.
  var described: String {
    let values: [(Setting, String?)] =
      [
        (.dataDirectory, dataDirectory), (.socketPath, socketPath),
        (.socketMode, "0" + String(socketMode, radix: 8)), (.socketGroup, socketGroup),
        (.founderUID, founderUID.map { "\($0)" }), (.origin, origin),
        (
          .proxyUIDs,
          proxyUIDs.isEmpty
            ? nil : proxyUIDs.sorted().map { "\($0)" }.joined(separator: " ")
        ),
        (.keyFile, keyFile), (.signingKeyFile, signingKeyFile), (.checkpointCopy, checkpointCopy),
        (.scrubInterval, "\(scrubIntervalSeconds)"),
        (.timeZone, timeZone), (.tagNameLimit, "\(tagNameLimit)"), (.bulkLimit, "\(bulkLimit)"),
        (.changesPageLimit, "\(changesPageLimit)"), (.logLevel, logLevel.rawValue),
        (.logFormat, logFormat?.rawValue), (.graceSeconds, "\(graceSeconds)"),
        (.rememberedHours, "\(rememberedHours)"), (.webhookAttempts, "\(courier.attempts)"),
        (.webhookTimeout, "\(courier.patience.components.seconds)"),
      ] + Self.requestSettings.map { ($0, "\(requests[keyPath: $1])") }
    return values.map { "\($0.key) = \($1 ?? "(not set)")" }.joined(separator: "\n")
  }

  private static let configVariable = "TAGLEDGER_CONFIG"

  /// Variables of the family that others read: the command line and the tests.
  private static let othersVariables: Set = [
    configVariable, "TAGLEDGER_SOCKET", "TAGLEDGER_TOKEN", "TAGLEDGER_DATA",
  ]

  private static func refuseUnknown(_ environment: [String: String]) throws(StartFailure) {
    let known = othersVariables.union(Setting.all.map(\.variable))
    for name in environment.keys.sorted() where name.hasPrefix("TAGLEDGER_") {
      guard known.contains(name) else {
        throw .configuration("the environment's \(name) is not a setting; see tagledgerd --help")
      }
    }
  }

  private static func defaultSocket(_ environment: [String: String]) -> String {
    if let directory = environment["XDG_RUNTIME_DIR"], isDirectory(directory) {
      return directory + "/tagledger.sock"
    }
    return "./var/tagledger.sock"
  }

  /// The file of a credential that systemd has handed over (systemd.exec(5), "LoadCredential=").
  private static func credential(_ name: String, _ environment: [String: String]) -> String? {
    guard let directory = environment["CREDENTIALS_DIRECTORY"] else { return nil }
    let path = directory + "/" + name
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  private static func isDirectory(_ path: String) -> Bool {
    var directory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &directory)
      && directory.boolValue
  }

  /// A provider for the file, once every key in it is known to be a setting.
  private static func file(_ path: String) async throws(StartFailure) -> any ConfigProvider {
    do {
      let data = try Data(contentsOf: URL(filePath: path))
      for key in try keys(of: JSONSerialization.jsonObject(with: data), in: path, under: []) {
        guard Setting.all.contains(where: { $0.key == key }) else {
          throw StartFailure.configuration("\(path): “\(key)” is not a setting")
        }
      }
      let place = InMemoryProvider(values: ["filePath": ConfigValue(.string(path), isSecret: false)]
      )
      return try await FileProvider<JSONSnapshot>(config: ConfigReader(provider: place))
    } catch let failure as StartFailure {
      throw failure
    } catch {
      throw .configuration("\(path) cannot be read as a JSON file: \(error.localizedDescription)")
    }
  }

  private static func keys(of json: Any, in path: String, under parents: [String]) throws
    -> [String]
  {
    guard let object = json as? [String: Any] else {
      guard !parents.isEmpty else {
        throw StartFailure.configuration("\(path): the file must hold one JSON object")
      }
      return [parents.joined(separator: ".")]
    }
    return try object.keys.sorted().flatMap { key in
      try keys(of: object[key] as Any, in: path, under: parents + [key])
    }
  }

  /// Root needs to vouch for nobody, and nobody's uid is everybody's.
  private static func proxyUIDs(_ source: Source) async throws(StartFailure) -> Set<UInt32> {
    guard let text = try await source.text(.proxyUIDs) else { return [] }
    var uids: Set<UInt32> = []
    for word in text.split(separator: " ") {
      guard let uid = UInt32(word), uid != 65_534, uid != .max else {
        throw .configuration(
          "proxy.uids is “\(text)”; it must be numbers of users with spaces between, like “33 997”")
      }
      uids.insert(uid)
    }
    return uids
  }

  private static func socketMode(_ source: Source) async throws(StartFailure) -> UInt32 {
    guard let text = try await source.text(.socketMode) else { return 0o660 }
    guard let mode = UInt32(text, radix: 8), mode <= 0o777, mode & 0o600 == 0o600 else {
      throw .configuration(
        "socket.mode is “\(text)”; it must be an octal mode that lets its owner in, like 0660")
    }
    return mode
  }
}

/// A reader whose refusals name the key and what would be right.
private struct Source {
  let reader: ConfigReader

  func text(_ setting: Setting) async throws(StartFailure) -> String? {
    let value: String?
    do {
      value = try await reader.fetchString(forKey: ConfigKey(setting.key))
    } catch {
      throw .configuration("\(setting.key) must be a text without commas")
    }
    guard value != "" else { throw .configuration("\(setting.key) is empty") }
    return value
  }

  func number(_ setting: Setting) async throws(StartFailure) -> Int? {
    guard case .number(let range) = setting.kind else {
      preconditionFailure("\(setting.key) is not a number")
    }
    let value: Int?
    do {
      value = try await reader.fetchInt(forKey: ConfigKey(setting.key))
    } catch {
      throw .configuration("\(setting.key) must be a whole number")
    }
    guard value.map(range.contains) ?? true else {
      throw .configuration(
        "\(setting.key) must be between \(range.lowerBound) and \(range.upperBound)")
    }
    return value
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ setting: Setting, _ type: Choice.Type
  ) async throws(StartFailure) -> Choice? {
    guard let text = try await text(setting) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw .configuration("\(setting.key) is “\(text)”; it must be one of \(choices)")
    }
    return choice
  }
}
