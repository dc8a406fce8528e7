package io.reprise.definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.asm.AnnotationVisitor;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;

/**
 * Reads from a class file what its methods call.
 */
final class CodeReader extends ClassVisitor {

	private static final String WORKFLOWS = "io/reprise/Workflows";

	private final List<Code> methods = new ArrayList<>();

	private final Set<String> nestedTypes = new LinkedHashSet<>();

	private final Set<String> allowed = new HashSet<>();

	private boolean allAllowed;

	private String owner = "";

	private String sourceFile = "";

	CodeReader() {
		super(SpringAsmInfo.ASM_VERSION);
	}

	/**
	 * The methods with code.
	 * @return the methods in the order of the class file
	 */
	List<Code> methods() {
		return methods;
	}

	/**
	 * Internal names of the classes nested in the class, local and anonymous ones
	 * included.
	 * @return the names
	 */
	Set<String> nestedTypes() {
		return nestedTypes;
	}

	String sourceFile() {
		return sourceFile;
	}

	/**
	 * The methods that may do what workflows must not, by annotation.
	 * @return their ids
	 */
	Set<String> allowed() {
		return allAllowed ? methods.stream().map(Code::id).collect(Collectors.toSet()) : allowed;
	}

	@Override
	public void visit(int version, int access, String name, @Nullable String signature, @Nullable String superName,
			String @Nullable [] interfaces) {
		owner = name;
	}

	@Override
	public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
		return AllowedCalls.isAnnotation(descriptor) ? AllowedCalls.reasonReader(() -> allAllowed = true) : null;
	}

	@Override
	public void visitSource(@Nullable String source, @Nullable String debug) {
		sourceFile = (source != null) ? source : "";
	}

	@Override
	public void visitInnerClass(String name, @Nullable String outerName, @Nullable String innerName, int access) {
		if (name.startsWith(owner + "$")) {
			nestedTypes.add(name);
		}
	}

	@Override
	public MethodVisitor visitMethod(int access, String name, String descriptor, @Nullable String signature,
			String @Nullable [] exceptions) {
		Code code = new Code(owner, name, descriptor, access, new ArrayList<>());
		methods.add(code);
		return new Body(code, () -> allowed.add(code.id()));
	}

	/**
	 * A method's code.
	 *
	 * @param owner internal name of its class
	 * @param name its name
	 * @param descriptor its descriptor
	 * @param access its modifiers
	 * @param uses what it calls, in order
	 */
	record Code(String owner, String name, String descriptor, int access, List<Use> uses) {

		String id() {
			return owner + "." + name + descriptor;
		}

		boolean isHidden() {
			return (access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) != 0;
		}

		boolean isSynchronized() {
			return (access & Opcodes.ACC_SYNCHRONIZED) != 0;
		}

	}

	/**
	 * Something that code does.
	 *
	 * @param kind what it does
	 * @param owner internal name of the class that it concerns
	 * @param name name of the method or field
	 * @param descriptor its descriptor
	 * @param line line in the source, 0 if not known
	 * @param sideEffect whether it is handed to {@code Workflows.sideEffect} to run there
	 */
	record Use(Kind kind, String owner, String name, String descriptor, int line, boolean sideEffect) {

		enum Kind {

			CALL, CREATE, MONITOR

		}

		String id() {
			return owner + "." + name + descriptor;
		}

		private Use asSideEffect() {
			return new Use(kind, owner, name, descriptor, line, true);
		}

	}

	private static final class Body extends MethodVisitor {

		private final List<Use> uses;

		private int line;

		private final Runnable allow;

		/** How many uses at the end of the list a lambda's creation added. */
		private int lambdaUses;

		private Body(Code code, Runnable allow) {
			super(SpringAsmInfo.ASM_VERSION);
			uses = code.uses();
			this.allow = allow;
		}

		@Override
		public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
			return AllowedCalls.isAnnotation(descriptor) ? AllowedCalls.reasonReader(allow) : null;
		}

		@Override
		public void visitLineNumber(int number, org.springframework.asm.Label start) {
			line = number;
		}

		@Override
		public void visitInsn(int opcode) {
			if (opcode == Opcodes.MONITORENTER) {
				add(Use.Kind.MONITOR, "", "synchronized", "");
			}
		}

		@Override
		public void visitTypeInsn(int opcode, String type) {
			if (opcode == Opcodes.NEW) {
				add(Use.Kind.CREATE, type, "<init>", "");
			}
		}

		@Override
		public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
			if (opcode == Opcodes.GETSTATIC) {
				add(Use.Kind.CALL, owner, name, descriptor);
			}
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			if (owner.equals(WORKFLOWS) && name.equals("sideEffect")) {
				for (int i = uses.size() - lambdaUses; i < uses.size(); i++) {
					uses.set(i, uses.get(i).asSideEffect());
				}
			}
			add(Use.Kind.CALL, owner, name, descriptor);
		}

		@Override
		public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
			lambdaUses = 0;
			int added = 0;
			for (Object argument : arguments) {
				if (argument instanceof Handle handle) {
					add(Use.Kind.CALL, handle.getOwner(), handle.getName(), handle.getDesc());
					added++;
				}
			}
			lambdaUses = added;
		}

		private void add(Use.Kind kind, String owner, String name, String descriptor) {
			lambdaUses = 0;
			uses.add(new Use(kind, owner, name, descriptor, line, false));
		}

	}

}
