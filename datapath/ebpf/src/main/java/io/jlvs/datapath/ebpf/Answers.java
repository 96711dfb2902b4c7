package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.ASK;
import static io.jlvs.datapath.ebpf.Layouts.U32;
import static io.jlvs.datapath.ebpf.Layouts.U8;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.datapath.Upcalls;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.datapath.ebpf.libbpf.BpfProgram;
import io.jlvs.datapath.ebpf.libbpf.ProgramRun;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/**
 * Answers what the programs ask in the ring {@code asks}: which server a connection gets whose service has no plan. Its
 * packets, which have waited, are sent in again once the connection is in the table, or answered with an error.
 */
final class Answers {

    private static final long FLOW = offset(ASK, "flow");
    private static final long SERVICE = offset(ASK, "service");
    private static final long IFINDEX = offset(ASK, "ifindex");
    private static final long MARK = offset(ASK, "mark");
    private static final long LENGTH = offset(ASK, "length");
    private static final long PACKET = offset(ASK, "packet");

    private final Inventory inventory;
    private final Asked asked;
    private final ConnectionTable connections;
    private final BpfProgram inject;
    private final BpfProgram reject;
    private final Upcalls upcalls;

    private record Question(long id, FlowKey flow, ServiceKey service) {}

    Answers(Inventory inventory, Asked asked, ConnectionTable connections, Pipeline pipeline, Upcalls upcalls) {
        this.inventory = inventory;
        this.asked = asked;
        this.connections = connections;
        this.inject = pipeline.program("inject");
        this.reject = pipeline.program("reject");
        this.upcalls = upcalls;
    }

    /** Takes a record of the ring and asks who decides. */
    void ask(MemorySegment sample) {
        var service = inventory.service(sample.get(U32, SERVICE));
        var flow = FlowKey.read(sample, FLOW);
        if (service == null || !asked.begin(flow, packet(sample))) {
            return;
        }
        var id = asked.nextId();
        var question = new Question(id, flow, service.key);
        var request = new ConnectionRequested(System.currentTimeMillis(), id, service.key, flow.toFlow(), Set.of());
        upcalls.schedule(request, decision -> answer(question, decision));
    }

    private static ProgramRun packet(MemorySegment sample) {
        var frame = sample.asSlice(PACKET, sample.get(U32, LENGTH)).toArray(U8);
        CapturedPacket.finishChecksum(frame);
        return ProgramRun.packet(frame, sample.get(U32, IFINDEX), sample.get(U32, MARK));
    }

    private void answer(Question question, Decision decision) {
        switch (decision) {
            case Decision.Forward forward -> forward(question, forward);
            case Decision.Refuse refuse -> refuse(question, refuse.reason());
        }
    }

    private void forward(Question question, Decision.Forward forward) {
        var service = inventory.service(question.service());
        var server = inventory.server(forward.id());
        if (service == null || server == null) {
            refuse(question, RefusalReason.NO_SERVER);
            return;
        }
        asked.answered(question.id());
        connections.enter(question.flow(), service, server, question.id());
        asked.end(question.flow()).forEach(inject::testRun);
    }

    private void refuse(Question question, RefusalReason reason) {
        asked.end(question.flow()).forEach(reject::testRun);
        upcalls.publish(new ConnectionRefused(
                System.currentTimeMillis(),
                question.id(),
                question.service(),
                question.flow().toFlow(),
                reason));
    }
}
