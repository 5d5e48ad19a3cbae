import SlipwayData
import Testing

@testable import SlipwayConnectors

struct S3AddressTests {
    @Test(arguments: [
        ("s3://shop-data", "shop-data", ""), ("s3://shop-data/", "shop-data", ""),
        ("s3://shop.data.1/a/b", "shop.data.1", "a/b/"), ("s3://shop-data/a b/", "shop-data", "a b/"),
    ])
    func anAddressIsABucketAndAFolder(text: String, bucket: String, prefix: String) throws {
        let address = try S3Address(parsing: text)
        #expect(address.bucket == bucket && address.prefix == prefix)
        #expect(try address.key("x/y.csv") == "\(prefix)x/y.csv")
    }

    @Test(arguments: [
        "", "shop-data", "http://shop-data", "s3://", "s3://ab", "s3://Shop", "s3://a_b", "s3://-ab", "s3://abc-",
        "s3://shop-data//a", "s3://shop-data/../a", "s3://shop-data/a/./b", "s3://user:word@shop-data/a",
        "s3://shop-data/a\u{7}", "s3://shop-data/\(String(repeating: "x", count: 2_000))",
    ])
    func whatIsNoneIsRefused(text: String) {
        let error = #expect(throws: DataError.self) { try S3Address(parsing: text) }
        #expect(error?.kind == .unreadable)
    }

    @Test(arguments: ["", "../a", "a/..", "a\0b", String(repeating: "x", count: 1_025)])
    func aKeyThatNoPathHoldsIsRefused(name: String) throws {
        let address = try S3Address(parsing: "s3://shop-data")
        #expect(throws: DataError.self) { try address.key(name) }
    }

    @Test(arguments: [
        ("https://minio.example", nil as Bool?, "https://minio.example/shop-data/k"),
        ("https://minio.example:9000/", true, "https://minio.example:9000/shop-data/k"),
        ("https://minio.example:443", false, "https://shop-data.minio.example/k"),
        ("http://10.1.2.3:80", nil, "http://10.1.2.3/shop-data/k"),
        ("http://[::1]:9000", nil, "http://[::1]:9000/shop-data/k"),
    ])
    func aBucketStandsInThePathOrBeforeTheHost(address: String, isPathStyle: Bool?, expected: String) throws {
        let endpoint = try S3Endpoint(address: address, isPathStyle: isPathStyle, allowsPlainHTTP: true)
        let place = endpoint.place(bucket: "shop-data", key: "k")
        #expect("\(place.scheme)://\(place.host)\(place.path)" == expected)
    }

    @Test func awsIsAskedInItsRegionAndABucketWithDotsInThePath() throws {
        #expect(
            try S3Endpoint(region: "eu-west-1").place(bucket: "abc", key: "").host == "abc.s3.eu-west-1.amazonaws.com")
        #expect(try S3Endpoint(region: "cn-north-1").place(bucket: "abc", key: "").host.hasSuffix(".amazonaws.com.cn"))
        let place = try S3Endpoint().place(bucket: "a.bc", key: "")
        #expect(place.host == "s3.us-east-1.amazonaws.com" && place.path == "/a.bc")
    }

    @Test(arguments: [
        "minio.example", "ftp://minio.example", "https://", "https://ada:word@minio.example",
        "https://minio.example/path",
        "https://minio.example?a=b", "http://minio.example", "http://8.8.8.8", "http://2130706433", "http://172.32.0.1",
        "http://[2001:db8::1]", "http://10.0.0.1.example",
    ])
    func anEndpointThatWouldTellRowsToOthersIsRefused(address: String) {
        let error = #expect(throws: DataError.self) { try S3Endpoint(address: address, allowsPlainHTTP: true) }
        #expect(error?.kind == .unreadable)
        #expect(error?.description.contains("word") == false)
    }

    @Test(arguments: ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "minio", "minio.internal", "[fd00::1]"])
    func aPrivateHostIsAskedInClearOnlyWhereThatIsSaid(host: String) throws {
        #expect(throws: DataError.self) { try S3Endpoint(address: "http://\(host):9000") }
        _ = try S3Endpoint(address: "http://\(host):9000", allowsPlainHTTP: true)
    }

    @Test(arguments: ["", "eu west", "eu/west", "EU", String(repeating: "a", count: 65)])
    func whatIsNoRegionIsRefused(region: String) {
        #expect(throws: DataError.self) { try S3Endpoint(region: region) }
    }
}
