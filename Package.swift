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

    /// The tests of one target, in a folder that mirrors it.
    static func tests(of name: String, uses: [String] = [], outside: [Dependency] = []) -> Target {
        .testTarget(
            name: "\(name)Tests",
            dependencies: ([name, "SlipwayTesting"] + uses).map { .byName(name: $0) } + outside,
            exclude: [],
            resources: []
        )
    }
}

let vocabulary = ["SlipwayData", "SlipwayModel"]

let targets: [Target] = [
    // Vocabulary
    .vocabulary("SlipwayData"),
    .vocabulary(
        "SlipwayModel", uses: ["SlipwayData"],
        outside: [
            .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            .product(name: "Crypto", package: "swift-crypto"),
        ]),
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
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: targets
)
