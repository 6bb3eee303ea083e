// swift-tools-version: 6.2
import PackageDescription

/// One list of settings for every target, so that no module is looser than another.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

// Bottom to top: a target may depend on those above it, never on those below.
let package = Package(
  name: "tagledger",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "tagledgerd", targets: ["tagledgerd"]),
    .executable(name: "tagledger", targets: ["tagledger"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(
      url: "https://github.com/apple/swift-configuration", from: "1.4.0",
      traits: ["JSON", "CommandLineArguments"]),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "MemoryShims"),
    .target(
      name: "Domain",
      dependencies: [
        "MemoryShims",
        .product(name: "HashTreeCollections", package: "swift-collections"),
        .product(name: "OrderedCollections", package: "swift-collections"),
      ],
      swiftSettings: settings),
    .target(name: "Spreadsheet", swiftSettings: settings),
    .target(
      name: "Proof", dependencies: [.product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: settings),
    .systemLibrary(name: "SQLiteShims"),
    .target(
      name: "EventLog",
      dependencies: [
        "Domain", "Proof", "SQLiteShims",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      resources: [
        .embedInCode("schema/log"), .embedInCode("schema/keys"), .embedInCode("schema/upgrades"),
        .embedInCode("schema/answers"),
      ],
      swiftSettings: settings),
    .target(
      name: "Projections",
      dependencies: [
        "Domain",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "HashTreeCollections", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ],
      resources: [.embedInCode("schema")],
      swiftSettings: settings),
    .target(
      name: "Ledger",
      dependencies: [
        "Domain", "EventLog", "Projections", "Proof", "Spreadsheet",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics"),
      ],
      swiftSettings: settings),
    .target(name: "APITypes", swiftSettings: settings),
    .target(
      name: "Client",
      dependencies: [
        "APITypes",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: settings),
    .target(
      name: "Webhooks",
      dependencies: [
        "Client", "Domain", "Ledger",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings),
    .target(
      name: "API",
      dependencies: [
        "APITypes", "Domain", "Ledger", "Proof", "Spreadsheet", "Webhooks",
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "tagledgerd",
      dependencies: [
        "API", "APITypes", "Domain", "EventLog", "Ledger",
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "tagledger",
      dependencies: [
        "APITypes", "Client", "Proof", "Spreadsheet",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    // What several test targets need; no product depends on it.
    .target(
      name: "TestSupport", dependencies: ["Domain"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .testTarget(
      name: "LedgerTests",
      dependencies: [
        "Domain", "EventLog", "Ledger", "Projections", "Proof", "Spreadsheet", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "DomainTests",
      dependencies: [
        "Domain", "TestSupport",
        .product(name: "HashTreeCollections", package: "swift-collections"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ProofTests", dependencies: ["Proof", "TestSupport"], swiftSettings: settings),
    .testTarget(name: "SpreadsheetTests", dependencies: ["Spreadsheet"], swiftSettings: settings),
    .testTarget(
      name: "ProjectionsTests",
      dependencies: ["Domain", "Projections", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: settings),
    .testTarget(
      name: "tagledgerdTests",
      dependencies: [
        "API", "Domain", "TestSupport", "tagledgerd",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ScenarioTests",
      dependencies: [
        "ServerSupport", "TestSupport", "tagledger", "tagledgerd",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings),
    .testTarget(name: "TidyTests", swiftSettings: settings),
    .target(
      name: "ServerSupport", dependencies: ["TestSupport"], path: "Tests/ServerSupport",
      swiftSettings: settings),
    .testTarget(
      name: "APITests",
      dependencies: [
        "API", "APITypes", "Client", "Domain", "EventLog", "Ledger", "Proof", "TestSupport",
        "Webhooks",
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "WebhooksTests",
      dependencies: [
        "Domain", "Ledger", "ServerSupport", "TestSupport", "Webhooks",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ClientTests", dependencies: ["APITypes", "Client", "ServerSupport", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "APITypes", "Client", "ServerSupport", "TestSupport", "tagledger",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Snapshots"],
      swiftSettings: settings),
    .testTarget(
      name: "EventLogTests",
      dependencies: [
        "Domain", "EventLog", "Proof", "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Golden"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

// Measuring stands apart: only `make bench` sets the variable, so nobody else builds this.
if Context.environment["WITH_BENCHMARKS"] != nil {
  package.targets.append(
    .executableTarget(
      name: "bench",
      dependencies: [
        "Domain", "EventLog",
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      path: "Benchmarks",
      swiftSettings: settings))
}
