//! Trace ids of callers, which end up in log lines.

use kit::trace::trace_id;

#[test]
fn trace_ids_are_read_and_rubbish_is_not() {
    let id = "4bf92f3577b34da6a3ce929d0e0e4736";
    assert_eq!(trace_id(&format!("00-{id}-00f067aa0ba902b7-01")), Some(id));
    for text in ["", "00", "00-xyz-1-1", "\"injected\": 1", &format!("0-{id}-1-1")] {
        assert_eq!(trace_id(text), None, "{text}");
    }
}
