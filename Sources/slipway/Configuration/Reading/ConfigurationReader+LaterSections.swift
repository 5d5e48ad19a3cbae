import SlipwayData

extension ConfigurationReader {
    /// Checks the sections that have no effect in this version as far as they are defined, and says so.
    mutating func readLaterSections(of fields: Fields) {
        let channels = section("channels", of: fields) { _ in .channel }
        let channelNames = fields["channels"]?.value.entries.map(\.key) ?? Array(channels.keys)
        if let alerts = fields["alerts"] {
            _ = Form.list(of: .alert(channels: channelNames), example: #"[{ when: "requests == 0 for 1d", to: NAME }]"#)
                .read(alerts.value, &self)
        }
        _ = section("reports", of: fields) { _ in .report }
        noticePresence(of: "alerts", in: fields, "alerts are not evaluated in this version; watch with slipway monitor")
        noticePresence(of: "channels", in: fields, "nothing is sent to channels in this version")
        noticePresence(of: "pipelines", in: fields, "pipelines do not run in this version; use slipway retrain")
        noticePresence(of: "reports", in: fields, "reports are not written in this version; use slipway monitor")
    }

    private mutating func noticePresence(of key: String, in fields: Fields, _ message: String) {
        guard let value = fields[key]?.value else { return }
        if case .null = value.content { return }
        notice(message, at: value)
    }
}

extension Form where Value == Void {
    /// An alert: when it fires, and who is told.
    fileprivate static func alert(channels: [String]) -> Form {
        let example = #"{ when: "requests == 0 for 1d", to: oncall }"#
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: ["when", "to", "severity"], expecting: example) else {
                return nil
            }
            _ = reader.required("when", of: fields, as: .text(example: #""requests == 0 for 1d""#))
            _ = reader.required("to", of: fields, as: .reference(to: "channel", among: channels))
            _ = reader.optional("severity", of: fields, as: .text(example: "page"))
            return ()
        }
    }

    /// A channel: its type, its address, and whatever else the type asks for.
    fileprivate static var channel: Form {
        let example = #"{ type: slack, url: "${SLACK_WEBHOOK}" }"#
        return Form(example: example) { node, reader in
            guard case .mapping = node.content else {
                reader.report("found \(node.kindName) where a mapping belongs, such as \(example)", at: node)
                return nil
            }
            let fields = Fields(node: node)
            let type = reader.required("type", of: fields, as: .text(example: "slack"))
            if let url = fields["url"]?.value, let text = url.text, type != "mail", !SecretPolicy.isReference(text) {
                reader.report(
                    "the address of a webhook lets anyone post to it; write ${NAME} or file:PATH in its place", at: url)
            }
            return ()
        }
    }

    /// A report: its schedule and those who get it.
    fileprivate static var report: Form {
        let example = #"{ schedule: "0 8 * * 1", to: [leadership] }"#
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: ["schedule", "to"], expecting: example) else { return nil }
            _ = reader.optional("schedule", of: fields, as: .cron)
            _ = reader.optional("to", of: fields, as: .list(of: .text(example: "leadership"), example: "[leadership]"))
            return ()
        }
    }
}
