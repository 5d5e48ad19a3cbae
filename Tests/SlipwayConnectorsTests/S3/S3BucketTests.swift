import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayTesting
import Testing

/// What a bucket does, held against servers that others wrote.
struct S3BucketTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// An empty place in a server's bucket.
    static func bucket(
        of program: S3Server.Program, limits: S3Limits = S3Limits(), secretKey: String = S3Server.secretKey,
        bucket: String = S3Server.bucket
    ) throws -> S3Bucket {
        S3Bucket(
            try S3Address(parsing: "s3://\(bucket)/\(UUID().uuidString)/ä b+c"),
            at: try S3Endpoint(address: S3Server.shared(program).url, allowsPlainHTTP: true),
            credentials: try S3Credentials(accessKey: S3Server.accessKey, secretKey: secretKey), limits: limits)
    }

    @Test(arguments: S3Server.Program.allCases)
    func objectsComeBackAsTheyWentAndAreListed(program: S3Server.Program) async throws {
        let bucket = try Self.bucket(of: program)
        let names = ["a b+%41&c.csv", "empty.csv", "ü's \"x\" <y>.csv"]
        for name in names {
            let path = try folder.write(name == names[1] ? "" : "x\n\(name)\n", to: "up")
            try await bucket.put(path, as: name, replacing: .done)
        }
        try await bucket.put(folder.write("within", to: "up"), as: "folder/within.csv", replacing: .done)
        let objects = try await bucket.objects()
        #expect(objects.map { String($0.key.dropFirst(bucket.address.prefix.count)) } == names)
        #expect(objects.map(\.byteCount) == names.map { $0 == names[1] ? 0 : $0.utf8.count + 3 })
        #expect(try await bucket.objects(in: "folder/").map(\.byteCount) == [6])
        #expect(try await bucket.objects(in: "absent/") == [])
        for (name, object) in zip(names, objects) {
            #expect(try await bucket.object(named: name) == object)
            try await bucket.fetch(object, to: folder.path("down"))
            #expect(try folder.text(of: "down") == (name == names[1] ? "" : "x\n\(name)\n"))
        }
        try await bucket.remove(names[0])
        try await bucket.remove(names[0])
        #expect(try await bucket.object(named: names[0]) == nil)
    }

    @Test(arguments: S3Server.Program.allCases)
    func anObjectOfManyPartsIsPutTogetherAndComesInParts(program: S3Server.Program) async throws {
        var limits = S3Limits()
        // The smallest that S3 takes.
        limits.partByteCount = 5 << 20
        let bucket = try Self.bucket(of: program, limits: limits)
        var numbers = SeededGenerator(seed: 4)
        let words = (0..<((11 << 20) / 8 + 1)).map { _ in numbers.next() }
        let bytes = words.withUnsafeBytes { Data($0) }
        try bytes.write(to: URL(filePath: folder.path("up")))
        try await bucket.put(folder.path("up"), as: "large.bin", replacing: .refused)
        let object = try #require(try await bucket.object(named: "large.bin"))
        #expect(object.byteCount == bytes.count)
        try await bucket.fetch(object, to: folder.path("down"))
        #expect(try Data(contentsOf: URL(filePath: folder.path("down"))) == bytes)
    }

    @Test(arguments: S3Server.Program.allCases)
    func anObjectThatIsThereIsReplacedOnlyWhereThatIsSaid(program: S3Server.Program) async throws {
        let bucket = try Self.bucket(of: program)
        try await bucket.put(folder.write("old", to: "up"), as: "a", replacing: .refused)
        let path = try folder.write("new", to: "up")
        let error = await #expect(throws: DataError.self) { try await bucket.put(path, as: "a", replacing: .refused) }
        #expect(error?.kind == .unwritable && error?.message.contains("is there already") == true)
        let object = try #require(try await bucket.object(named: "a"))
        try await bucket.fetch(object, to: folder.path("down"))
        #expect(try folder.text(of: "down") == "old")
        try await bucket.put(path, as: "a", replacing: .done)
        #expect(try await bucket.object(named: "a")?.tag != object.tag)
    }

    @Test func aWrongSecretIsRefusedAndNotTold() async throws {
        let bucket = try Self.bucket(of: .rclone, secretKey: "wrong-secret")
        let error = await #expect(throws: DataError.self) { try await bucket.objects() }
        #expect(error?.kind == .unreadable && error?.outlook == .lasting)
        #expect(error?.message.contains("SignatureDoesNotMatch") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("s3://\(S3Server.bucket)/") == true)
        #expect(error?.description.contains("wrong-secret") == false)
    }

    @Test(arguments: S3Server.Program.allCases)
    func aBucketThatIsNotThereIsNamed(program: S3Server.Program) async throws {
        let bucket = try Self.bucket(of: program, bucket: "no-such-bucket")
        let error = await #expect(throws: DataError.self) { try await bucket.objects() }
        #expect(error?.kind == .unreadable, "\(error?.message ?? "")")
        #expect(error?.message.contains("s3://no-such-bucket/") == true)
        #expect(error?.message.contains("NoSuchBucket") == true)
    }

    @Test func anObjectOverTheLimitIsNotBrought() async throws {
        var limits = S3Limits()
        limits.fetchedByteCountMax = 2
        let bucket = try Self.bucket(of: .rclone, limits: limits)
        try await bucket.put(folder.write("123", to: "up"), as: "a", replacing: .done)
        let object = try #require(try await bucket.object(named: "a"))
        let error = await #expect(throws: DataError.self) { try await bucket.fetch(object, to: folder.path("down")) }
        #expect(error?.kind == .limitExceeded && error?.hint?.contains("max_size") == true)
        #expect(try folder.names == ["up"])
    }

    @Test func aListingOfManyPagesIsReadToItsEndAndNotBeyondTheLimit() async throws {
        var limits = S3Limits()
        let bucket = try Self.bucket(of: .rclone)
        // rclone keeps objects as plain files, which are made faster than they are sent.
        let place = try "\(S3Server.shared(.rclone).folder)/\(S3Server.bucket)/\(bucket.address.prefix)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        for number in 0..<1_001 { FileManager.default.createFile(atPath: "\(place)\(number).csv", contents: nil) }
        // What it knew of the folders before is forgotten after a second.
        try await Task.sleep(for: .milliseconds(1_500))
        #expect(try await bucket.objects().count == 1_001)
        limits.objectCountMax = 1_000
        var bounded = bucket
        bounded.limits = limits
        let error = await #expect(throws: DataError.self) { try await bounded.objects() }
        #expect(error?.kind == .limitExceeded)
    }
}
