// swift-tools-version: 6.2

import PackageDescription

/// The layers of the house, top to bottom: entry, adapters, domain, vocabulary, C shims. Arrows point down only.
extension Target {
    /// A target made of values and pure functions that every other room may use.
    static func vocabulary(_ name: String, uses: [String] = [], outside: [Dependency] = []) -> Target {
        .target(name: name, dependencies: uses.map { .byName(name: $0) } + outside)
    }

    /// A target that owns one part of what Slipway does; it sees the vocabulary and no outer library.
    static func domain(_ name: String, uses: [String], outside: [Dependency] = []) -> Target {
        .target(name: name, dependencies: uses.map { .byName(name: $0) } + outside)
    }

    /// A target that owns one outer library or C interface and shows it as a seam of the layers below.
    static func adapter(_ name: String, uses: [String], outside: [Dependency] = []) -> Target {
        .target(name: name, dependencies: uses.map { .byName(name: $0) } + outside)
    }

    /// The tests of one target, in a folder that mirrors it; `data` names folders that hold no sources.
    static func tests(
        of name: String, uses: [String] = [], outside: [Dependency] = [], data: [String] = []
    ) -> Target {
        .testTarget(
            name: "\(name)Tests",
            dependencies: ([name, "SlipwayTesting"] + uses).map { .byName(name: $0) } + outside, exclude: data)
    }
}

let vocabulary = ["SlipwayData", "SlipwayModel"]

/// What the server is made of beside its faces, and a project for it to serve in tests.
let serving = [
    "SlipwayEngines", "SlipwayRegistry", "SlipwayFeatures", "SlipwayMonitoring", "SlipwayStore", "SlipwaySQL",
    "SlipwayAccess", "SlipwayServing", "SlipwayTLS", "SlipwayServingTesting",
]

let targets: [Target] = [
    // Vocabulary
    .vocabulary("SlipwayData", outside: [.product(name: "Crypto", package: "swift-crypto")]),
    .vocabulary(
        "SlipwayModel", uses: ["SlipwayData"],
        outside: [.product(name: "SwiftProtobuf", package: "swift-protobuf")]),

    // Domain
    .domain("SlipwayEngines", uses: vocabulary, outside: ["CSlipwayKernels"]),
    .domain("SlipwayRegistry", uses: vocabulary),
    .domain("SlipwayFeatures", uses: vocabulary),
    .domain("SlipwayMonitoring", uses: vocabulary),
    .domain("SlipwayAccess", uses: ["SlipwayData"]),
    .domain(
        "SlipwayPipelines", uses: vocabulary,
        outside: [.product(name: "Subprocess", package: "swift-subprocess")]),

    // Adapters
    .adapter(
        "SlipwaySQL", uses: ["SlipwayData"],
        outside: [
            .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
        ]),
    .adapter(
        "SlipwayStore",
        uses: vocabulary + ["SlipwaySQL", "SlipwayRegistry", "SlipwayFeatures", "SlipwayAccess", "SlipwayPipelines"]),
    .adapter(
        "SlipwayConnectors", uses: ["SlipwayData", "SlipwaySQL"],
        outside: [.product(name: "Crypto", package: "swift-crypto")]),
    .adapter("SlipwayPostgreSQL", uses: ["SlipwayData", "SlipwaySQL"], outside: ["CPostgreSQL"]),
    .adapter("SlipwayONNXRuntime", uses: vocabulary, outside: ["CONNXRuntime"]),
    .adapter("SlipwayDuckDB", uses: ["SlipwayData"], outside: ["CDuckDB"]),
    .adapter(
        "SlipwayServing",
        uses: vocabulary + ["SlipwayRegistry", "SlipwayFeatures", "SlipwayMonitoring", "SlipwayAccess"],
        outside: [
            .product(name: "Logging", package: "swift-log"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ]),
    .adapter(
        "SlipwayNetwork", uses: [],
        outside: [.product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio")]),
    .adapter(
        "SlipwayTLS", uses: ["SlipwayData"],
        outside: [
            .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ]),
    .adapter(
        "SlipwayHTTP",
        uses: vocabulary + [
            "SlipwayRegistry", "SlipwayMonitoring", "SlipwayServing", "SlipwayAccess", "SlipwayTLS", "SlipwayNetwork",
        ],
        outside: [
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdCore", package: "hummingbird"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "Mustache", package: "swift-mustache"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ]),
    .adapter(
        "SlipwayGRPC", uses: vocabulary + ["SlipwayServing", "SlipwayAccess", "SlipwayTLS", "SlipwayNetwork"],
        outside: [
            .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHPACK", package: "swift-nio-http2"),
            .product(name: "NIOHTTP2", package: "swift-nio-http2"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        ]),
    .adapter(
        "SlipwayTokens", uses: ["SlipwayData", "SlipwayAccess", "SlipwayServing"],
        outside: [
            .product(name: "Crypto", package: "swift-crypto"), .product(name: "CryptoExtras", package: "swift-crypto"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ]),

    .adapter(
        "SlipwayLoad", uses: ["SlipwayData"],
        outside: [
            .product(name: "Histogram", package: "hdrhistogram-swift"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "NIOTLS", package: "swift-nio"),
        ]),

    // C shims: declarations only; the libraries are opened at run time.
    .target(name: "CONNXRuntime"),
    .target(name: "CDuckDB"),
    .target(name: "CPostgreSQL"),

    // Inner loops in C, for the widest vectors that the processor at hand has.
    .target(name: "CSlipwayKernels"),

    // Entry
    .executableTarget(
        name: "slipway",
        dependencies: [
            "SlipwayData", "SlipwayModel", "SlipwayEngines", "SlipwayRegistry", "SlipwayFeatures",
            "SlipwayMonitoring", "SlipwayPipelines", "SlipwayAccess", "SlipwaySQL", "SlipwayStore",
            "SlipwayConnectors", "SlipwayPostgreSQL", "SlipwayONNXRuntime", "SlipwayDuckDB", "SlipwayServing",
            "SlipwayTLS", "SlipwayHTTP", "SlipwayGRPC", "SlipwayTokens", "SlipwayLoad",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "Yams", package: "Yams"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        ]),

    // Test kit: conformance suites of the seams, doubles, fixtures.
    .target(
        name: "SlipwayTesting",
        dependencies: [
            "SlipwayData", "SlipwayModel", "SlipwayRegistry", "SlipwayFeatures", "SlipwayAccess", "SlipwayPipelines",
            "SlipwaySQL",
        ]),
    .target(
        name: "SlipwayServingTesting",
        dependencies: [
            "SlipwayData", "SlipwayModel", "SlipwayEngines", "SlipwayRegistry", "SlipwayFeatures",
            "SlipwayMonitoring", "SlipwaySQL", "SlipwayStore", "SlipwayServing", "SlipwayTLS", "SlipwayTesting",
        ]),

    .tests(of: "SlipwayData", data: ["Fixtures"]),
    .tests(
        of: "SlipwayModel", uses: ["SlipwayData"],
        outside: [.product(name: "SwiftProtobuf", package: "swift-protobuf")], data: ["Fixtures"]),
    .tests(of: "SlipwayEngines", uses: vocabulary),
    .tests(of: "SlipwayRegistry", uses: vocabulary + ["SlipwayEngines"]),
    .tests(of: "SlipwayFeatures", uses: vocabulary),
    .tests(of: "SlipwayMonitoring", uses: vocabulary + ["SlipwayDuckDB"], data: ["Fixtures"]),
    .tests(of: "SlipwayPipelines", uses: vocabulary),
    .tests(of: "SlipwayAccess", uses: ["SlipwayData"]),
    .tests(of: "SlipwaySQL", uses: ["SlipwayData"]),
    .tests(
        of: "SlipwayStore",
        uses: vocabulary + [
            "SlipwayEngines", "SlipwayRegistry", "SlipwayFeatures", "SlipwayAccess", "SlipwayPipelines", "SlipwaySQL",
        ]),
    .tests(of: "SlipwayConnectors", uses: ["SlipwayData", "SlipwaySQL"]),
    .tests(
        of: "SlipwayPostgreSQL",
        uses: vocabulary + [
            "SlipwaySQL", "SlipwayStore", "SlipwayFeatures", "SlipwayRegistry", "SlipwayAccess", "SlipwayPipelines",
        ]),
    .tests(
        of: "SlipwayONNXRuntime", uses: vocabulary + ["SlipwayEngines"],
        outside: [.product(name: "SwiftProtobuf", package: "swift-protobuf")], data: ["Fixtures"]),
    .tests(of: "SlipwayDuckDB", uses: ["SlipwayData"]),
    .tests(
        of: "SlipwayHTTP",
        uses: vocabulary + serving + ["SlipwayONNXRuntime", "SlipwayDuckDB"],
        outside: [
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ]),
    .tests(
        of: "SlipwayGRPC", uses: vocabulary + serving,
        outside: [
            .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
            .product(name: "NIOHPACK", package: "swift-nio-http2"),
            .product(name: "NIOHTTP2", package: "swift-nio-http2"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        ]),
    .tests(
        of: "SlipwayTokens", uses: ["SlipwayData", "SlipwayAccess", "SlipwayServing"],
        outside: [
            .product(name: "Crypto", package: "swift-crypto"), .product(name: "CryptoExtras", package: "swift-crypto"),
        ]),
    .tests(
        of: "SlipwayLoad", uses: ["SlipwayData"],
        outside: [
            .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
        ]),
    .tests(
        of: "slipway", uses: vocabulary + ["SlipwaySQL", "SlipwayConnectors", "SlipwayPostgreSQL", "SlipwayDuckDB"],
        data: ["Golden"]),
]

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
for target in targets where [.regular, .test, .executable].contains(target.type) && !target.name.hasPrefix("C") {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}

let package = Package(
    name: "slipway",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "slipway", targets: ["slipway"]),
        // What Benchmarks/, a package of its own, measures, and the models that it measures with.
        .library(
            name: "SlipwayInference",
            targets: ["SlipwayData", "SlipwayModel", "SlipwayEngines", "SlipwayONNXRuntime", "CONNXRuntime"]),
        .library(name: "SlipwayTesting", targets: ["SlipwayTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: targets
)
